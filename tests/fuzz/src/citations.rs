//! Files of items in: CSL-JSON, BibTeX, RIS.

use gloss_core::provenance::{self, Described, Fault, Field, Item, Remark, Unmatched};

/// A file of items under a name that says what it is.
pub(crate) fn file(name: &str, bytes: &[u8]) {
    match provenance::read(name, bytes) {
        Ok(list) => {
            assert!(!list.items.is_empty(), "no items and no fault");
            let lines = 1..=bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() as u32 + 1;
            list.items.iter().for_each(|one| {
                sound(&one.item);
                assert!(lines.contains(&one.line), "an item in line {} of {lines:?}", one.line);
            });
            list.remarks.iter().for_each(|Remark { what, .. }| assert!(!what.contains('\0'), "no words: {what:?}"));
            matched(list.items);
        }
        Err(Fault::Unreadable(reason)) => {
            assert!(!reason.is_empty() && !reason.contains('\0'), "no reason for people: {reason:?}");
        }
        Err(Fault::Empty) => {}
    }
}

/// What was set is what is got, whatever was there.
fn sound(item: &Item) {
    let stored = item.to_json();
    assert!(Item::from_json(&stored).expect("JSON") == *item, "not stored as it is");
    let _ = item.taken("an-id");
    let _ = item.value("issued").and_then(provenance::years);
    for field in Field::ALL {
        let text = item.get(field);
        let mut again = item.clone();
        again.set(field, &text);
        assert!(again == *item, "setting {field:?} to what it says changes the item");
        let mut fresh = Item::default();
        fresh.set(field, &text);
        let said = fresh.get(field);
        let dated = matches!(field, Field::Published | Field::Accessed);
        let time = dated && text.strip_prefix(&said).is_some_and(|rest| rest.contains(':'));
        // A kind is known in any case, braces say something about a name, and a time of day nothing about a source.
        if field != Field::Kind && !text.contains('{') && !time {
            assert_eq!(said, text, "{field:?} is not what was set");
        }
        fresh.set(field, &said);
        assert_eq!(fresh.get(field), said, "{field:?} does not come to rest");
    }
}

fn matched(items: Vec<Described>) {
    let count = items.len().min(9);
    let names: Vec<String> = (0..count).map(|number| format!("{number}.txt")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match provenance::matched(items, &names) {
        Ok(found) => assert_eq!(found.len(), count, "a file without an item, or an item without a file"),
        Err(why) => assert!(why != Unmatched::Unknown, "nobody named one"),
    }
}
