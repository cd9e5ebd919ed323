//! Articles to read, in five scripts, and what must be kept of their pages.

use crate::pages::checked;
use gloss_core::import::{Imported, Options, import, import_with};

/// The main text of a page.
pub(crate) fn main_text(page: &str) -> Imported {
    checked(page, import("a.html", page.as_bytes()).expect("a page"))
}

/// Everything that is seen on a page.
pub(crate) fn whole(page: &str) -> Imported {
    checked(page, import_with("a.html", page.as_bytes(), Options { whole_page: true }).expect("a page"))
}

/// Long paragraphs of one text, each in sentences with commas.
pub(crate) const ENGLISH: [&str; 4] = [
    "The harbour office published its figures on Tuesday, saying that fewer ships had called, that waiting times had \
     grown, and that nobody expected a better autumn.",
    "Pilots, who asked not to be named, called the figures incomplete, and said that two berths had been counted twice \
     since the spring.",
    "Insurers in three cities, meanwhile, raised their rates again, pointing to ice, to old hulls, and to the long way \
     around the cape.",
    "The union answered within a day, asked for a hearing, and printed a table of its own, which shows a steeper fall \
     than the office admits.",
];
const RUSSIAN: [&str; 4] = [
    "Портовое управление опубликовало отчёт во вторник, сообщив, что судов стало меньше, что ожидание стало дольше, и \
     что осенью лучше не будет.",
    "Лоцманы, просившие не называть их имён, сочли цифры неполными, и добавили, что два причала с весны посчитаны дважды.",
    "Страховщики в трёх городах, между тем, снова подняли тарифы, ссылаясь на лёд, на старые суда, и на долгий путь.",
    "Профсоюз ответил в тот же день, потребовал слушаний, и напечатал свою таблицу, где падение заметно круче.",
];
const KOREAN: [&str; 4] = [
    "항만청은 화요일에 통계를 발표하면서, 입항한 배가 줄었고, 대기 시간이 길어졌으며, 가을에도 나아지지 않을 것이라고 밝혔다.",
    "이름을 밝히지 않은 도선사들은, 통계가 불완전하다고 말하면서, 봄부터 선석 두 곳이 두 번 계산되었다고 덧붙였다.",
    "세 도시의 보험사들은, 얼음과, 낡은 선체와, 먼 항로를 이유로 들면서, 요율을 다시 올렸다고 전했다.",
    "노조는 하루 만에 답하면서, 청문회를 요구하고, 더 가파른 감소를 보여 주는 표를 직접 인쇄해 배포하였다.",
];
const ARABIC: [&str; 4] = [
    "نشرت هيئة الميناء أرقامها يوم الثلاثاء، وقالت إن عدد السفن انخفض، وإن مدة الانتظار طالت، وإن الخريف لن يكون أفضل.",
    "وقال مرشدون، طلبوا عدم ذكر أسمائهم، إن الأرقام ناقصة، وإن رصيفين حُسبا مرتين منذ الربيع الماضي في الجداول الرسمية.",
    "ورفعت شركات التأمين في ثلاث مدن أسعارها من جديد، مشيرة إلى الجليد، وإلى السفن القديمة، وإلى طول الطريق حول الرأس.",
    "وردت النقابة خلال يوم واحد، وطالبت بجلسة استماع، ونشرت جدولا خاصا بها، يظهر انخفاضا أشد مما تعترف به الهيئة.",
];
const GERMAN: [&str; 4] = [
    "Das Hafenamt hat am Dienstag seine Zahlen vorgelegt, wonach weniger Schiffe kamen, die Wartezeiten wuchsen, und \
     niemand einen besseren Herbst erwartet.",
    "Lotsen, die ungenannt bleiben wollten, nannten die Zahlen lückenhaft, und sagten, zwei Liegeplätze seien seit dem \
     Frühjahr doppelt gezählt.",
    "Versicherer in drei Städten erhöhten unterdessen erneut ihre Sätze, und verwiesen auf Eis, auf alte Rümpfe, und auf \
     den langen Weg um das Kap.",
    "Die Gewerkschaft antwortete binnen eines Tages, verlangte eine Anhörung, und druckte eine eigene Tabelle, die einen \
     steileren Rückgang zeigt.",
];
pub(crate) const ALL: [[&str; 4]; 5] = [ENGLISH, RUSSIAN, KOREAN, ARABIC, GERMAN];

/// A page with menus around what is given.
pub(crate) fn page(body: &str) -> String {
    format!(
        "<!doctype html><html><head><meta charset=utf-8><title>Page</title></head><body><nav><a href=/a>Home</a> \
         <a href=/b>World</a></nav>{body}<footer><p>Imprint and terms of use of this page.</p></footer></body></html>"
    )
}

/// Fails unless the main text of a page holds the first words and none of the others, and the whole page all of them.
pub(crate) fn holds(page: &str, words: &[&str], others: &[&str]) {
    let (main, all) = (main_text(page).text, whole(page).text);
    for words in words {
        assert!(main.contains(words), "{words} is lost from:\n{main}\n\nof {page}");
        assert!(all.contains(words), "{words} is lost from the whole of {page}");
    }
    for words in others {
        assert!(!main.contains(words), "{words} is too much in:\n{main}\n\nof {page}");
        assert!(all.contains(words), "{words} is lost from the whole of {page}");
    }
}
