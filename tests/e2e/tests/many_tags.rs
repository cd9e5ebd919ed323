//! A project of many tags and long names: tables stay inside their tiles, no view is wider than the window, and cards
//! stand beside the text however wide the window is.

use gloss_e2e::{Seat, sought};

const SIZES: [(u32, u32); 4] = [(1000, 700), (1280, 840), (1440, 900), (1600, 1000)];

/// Titles as sources have them, in several scripts.
const TITLES: [&str; 4] = [
    "Report of the commission on the settlement of border disputes and shipping rights in the northern strait",
    "Доклад рабочей группы о железнодорожном сообщении и поставках нефтепродуктов",
    "북부 해협의 항행권과 국경 분쟁 해결에 관한 위원회 보고서",
    "Donaudampfschifffahrtsgesellschaftskapitänsverordnung",
];

#[tokio::test]
async fn tables_of_many_tags_stay_inside_the_window() {
    let seat = Seat::new();
    let tags: Vec<String> =
        (0..24).map(|at| format!("{} {at}", ["statement", "железнодорожный", "해협"][at % 3])).collect();
    let made: Vec<Vec<String>> = tags.iter().map(|name| words(&["tag", "create", name])).collect();
    // The first import begins the project.
    let imported: Vec<String> = TITLES
        .iter()
        .enumerate()
        .map(|(at, title)| {
            let text = (0..24).map(|nth| format!("Passage number {nth} of text {at}.\n\n")).collect::<String>();
            seat.import(&format!("{at}.txt"), &format!("{title}\n\n{text}"))
        })
        .collect();
    seat.gloss_batch("Tags", &made);
    for (at, document) in imported.iter().enumerate() {
        let marks: Vec<Vec<String>> = (0..24)
            .map(|nth| {
                let quote = format!("Passage number {nth} of");
                let (one, other) = (&tags[nth], &tags[(nth + 1 + at) % 24]);
                words(&["highlight", "--document", document, "--quote", &quote, "--tag", one, "--tag", other])
            })
            .collect();
        seat.gloss_batch("Marks", &marks);
    }
    let window = seat.open().await;
    for (width, height) in SIZES {
        window.resize(width, height).await;
        window.show("Dashboard").await;
        window.see(&sought("grid").named("Tag by document")).await;
        window.fits(&format!("the dashboard at {width}×{height}")).await;
        let wider = "const view = document.querySelector('main'); return view.scrollWidth - view.clientWidth;";
        assert_eq!(window.execute(wider, Vec::new()).await, 0, "the dashboard scrolls sideways at {width}×{height}");
        window
            .until("the table says which part of it is seen", async || {
                let said = window.read(&sought("region").named("Tag by document")).await.text;
                if said.contains("Columns 1–") && said.contains("of 12") { Ok(()) } else { Err(said) }
            })
            .await;
        // The names of the rows and of the columns stay when it is scrolled to its end.
        let stays =
            "const table = [...document.querySelectorAll('table')].find((one) => one.ariaLabel === 'Tag by document');
            const frame = table.parentElement;
            frame.scrollLeft = frame.scrollWidth;
            frame.scrollTop = frame.scrollHeight;
            const box = frame.getBoundingClientRect();
            const row = table.querySelector('tbody tr:last-child th').getBoundingClientRect();
            const column = table.querySelector('thead th:last-child').getBoundingClientRect();
            return row.left >= box.left - 1 && row.right < box.right && column.top >= box.top - 1;";
        assert_eq!(window.execute(stays, Vec::new()).await, true, "the heads leave at {width}×{height}");

        window.show("Read").await;
        window.settled().await;
        let gap = "const text = document.querySelector('main p').getBoundingClientRect();
            return document.querySelector('aside').getBoundingClientRect().left - text.right;";
        let gap = window.execute(gap, Vec::new()).await.as_f64().unwrap_or(f64::MAX);
        assert!(gap <= 60.0, "the cards stand {gap} px beside the text at {width}×{height}");
    }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
