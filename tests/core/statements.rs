//! Statements in four languages, and edits of them whose outcome is known: which words were kept, and where they are.
//!
//! A document is a list of paragraphs of words. Every word of the old document has a number; a word of the new one has
//! the number of the word that it was, or none when the edit wrote it. A statement is kept when its subject (or its
//! speaker) is kept; all words of a statement put beside it are new, also when they are the same words.

/// Numbers without a pattern, the same for the same seed (xorshift, Marsaglia 2003).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % sides
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.roll(100) < percent
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.roll(list.len())]
    }
}

/// A part of a statement.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Role {
    Speaker,
    Says,
    Subject,
    Verb,
    Figure,
    When,
}
use Role::{Figure, Says, Speaker, Subject, Verb, When};

/// Statements of one kind: whatever subject goes with whatever verb.
struct Kind {
    subjects: &'static [&'static str],
    /// A verb and its negation.
    verbs: &'static [(&'static str, &'static str)],
    /// `#` stands for a number.
    figures: &'static [&'static str],
    whens: &'static [&'static str],
}

/// The words of one language. A plus joins a word to the one before it.
struct Language {
    kinds: &'static [Kind],
    speakers: &'static [&'static str],
    says: &'static [&'static str],
    orders: &'static [&'static [Role]],
    /// The orders of a statement that is attributed to a speaker.
    attributed: &'static [&'static [Role]],
    joins: &'static [&'static str],
    and: &'static str,
    /// Sentences that say something else.
    others: &'static [&'static str],
}

const LANGUAGES: [Language; 4] = [
    Language {
        kinds: &[
            Kind {
                subjects: &[
                    "exports",
                    "imports",
                    "the price of wheat",
                    "coal deliveries",
                    "the wages of the dockers",
                    "rents in the old town",
                    "sales of timber",
                    "the number of arrivals",
                    "tax receipts",
                    "steel output",
                ],
                verbs: &[
                    ("fell", "did not fall"),
                    ("rose", "did not rise"),
                    ("sank", "did not sink"),
                    ("shrank", "did not shrink"),
                    ("grew", "did not grow"),
                    ("dropped", "did not drop"),
                ],
                figures: &[
                    "by # per cent",
                    "by # per cent on the year before",
                    "by about # points",
                    "to # thousand tons",
                ],
                whens: &[
                    "in May",
                    "in the second quarter",
                    "over the winter",
                    "in 2019",
                    "before the harvest",
                    "after the strike",
                ],
            },
            Kind {
                subjects: &[
                    "the ferry",
                    "the northern road",
                    "the school in Belk",
                    "the ministry",
                    "the customs office",
                    "the bridge",
                    "the weekly market",
                    "the pumping station",
                    "the archive",
                    "the power plant",
                ],
                verbs: &[
                    ("was closed", "was not closed"),
                    ("remained open", "did not remain open"),
                    ("had been repaired", "had not been repaired"),
                    ("was guarded", "was not guarded"),
                    ("had been sold", "had not been sold"),
                ],
                figures: &["for # days", "to all but # drivers", "at a cost of # million", "by # men of the guard"],
                whens: &[
                    "on Monday",
                    "since the flood",
                    "until further notice",
                    "in early March",
                    "at night",
                    "in Arne",
                ],
            },
        ],
        speakers: &[
            "Mr Cole",
            "Ms Ahlberg",
            "Dr Ngugi",
            "the deputy minister",
            "the envoy",
            "a spokesman of the bank",
            "General Ruiz",
        ],
        says: &[
            "said that",
            "claimed that",
            "denied that",
            "wrote on Tuesday that",
            "told the committee that",
            "conceded that",
        ],
        orders: &[
            &[Subject, Verb, Figure, When],
            &[When, Subject, Verb, Figure],
            &[Subject, Verb, Figure],
            &[Subject, Verb, When],
        ],
        attributed: &[
            &[Speaker, Says, Subject, Verb, Figure, When],
            &[Speaker, Says, Subject, Verb, Figure],
            &[When, Speaker, Says, Subject, Verb],
        ],
        joins: &["+, while", "+, and", "and", "+; meanwhile", "+, but"],
        and: "and",
        others: &[
            "The next meeting is set for the second week of October.",
            "Nobody from the press was let in.",
            "Two of the members left before the vote.",
            "Snow had fallen on the hills above the quarry.",
            "The minutes were read aloud and approved.",
            "Such reports had been heard before, and little had come of them.",
            "A list of # names was attached.",
            "The chair thanked them for their patience.",
            "What the neighbours made of it is another matter.",
            "It took # hours to count the votes.",
        ],
    },
    Language {
        kinds: &[
            Kind {
                subjects: &[
                    "экспорт",
                    "импорт",
                    "вывоз зерна",
                    "добыча угля",
                    "спрос на лес",
                    "грузооборот порта",
                    "сбор налогов",
                    "выпуск стали",
                ],
                verbs: &[
                    ("вырос", "не вырос"),
                    ("упал", "не упал"),
                    ("снизился", "не снизился"),
                    ("сократился", "не сократился"),
                    ("поднялся", "не поднялся"),
                ],
                figures: &[
                    "на # процентов",
                    "на # процентов к прошлому году",
                    "до # тысяч тонн",
                    "примерно на # пунктов",
                ],
                whens: &[
                    "в мае",
                    "во втором квартале",
                    "за зиму",
                    "в 2019 году",
                    "перед уборкой урожая",
                    "после забастовки",
                ],
            },
            Kind {
                subjects: &[
                    "паром",
                    "северный тракт",
                    "рынок у вокзала",
                    "склад на берегу",
                    "таможенный пост",
                    "старый мост",
                    "архив губернии",
                ],
                verbs: &[
                    ("был закрыт", "не был закрыт"),
                    ("оставался открыт", "не оставался открыт"),
                    ("охранялся", "не охранялся"),
                    ("был продан", "не был продан"),
                ],
                figures: &["на # дней", "для всех, кроме # водителей", "за # миллионов", "силами # солдат"],
                whens: &[
                    "в понедельник",
                    "после паводка",
                    "до особого распоряжения",
                    "в начале марта",
                    "по ночам",
                    "в Арне",
                ],
            },
        ],
        speakers: &["Орлов", "депутат Белова", "посол", "представитель банка", "генерал Руис", "заместитель министра"],
        says: &["заявил, что", "сообщил, что", "отрицал, что", "писал во вторник, что", "признал, что"],
        orders: &[
            &[Subject, Verb, Figure, When],
            &[When, Subject, Verb, Figure],
            &[Subject, Verb, Figure],
            &[Subject, When, Verb],
        ],
        attributed: &[
            &[Speaker, Says, Subject, Verb, Figure, When],
            &[Speaker, Says, Subject, Verb, Figure],
            &[When, Speaker, Says, Subject, Verb],
        ],
        joins: &["+, а", "и", "+, тогда как", "+; при этом", "+, но"],
        and: "и",
        others: &[
            "Следующее заседание назначено на вторую неделю октября.",
            "Прессу в зал не пустили.",
            "Двое ушли ещё до голосования.",
            "На холмах над каменоломней лежал снег.",
            "Протокол зачитали вслух и утвердили.",
            "К делу приложен список из # имён.",
            "Что об этом думали соседи, неизвестно.",
            "Голоса считали # часов.",
        ],
    },
    Language {
        kinds: &[
            Kind {
                subjects: &[
                    "수출은",
                    "수입은",
                    "밀 가격은",
                    "석탄 공급은",
                    "항만 노동자의 임금은",
                    "목재 판매는",
                    "세금 수입은",
                    "철강 생산은",
                ],
                verbs: &[
                    ("줄었다", "줄지 않았다"),
                    ("늘었다", "늘지 않았다"),
                    ("떨어졌다", "떨어지지 않았다"),
                    ("올랐다", "오르지 않았다"),
                    ("감소했다", "감소하지 않았다"),
                ],
                figures: &["#퍼센트", "작년보다 #퍼센트", "약 #포인트", "#천 톤까지"],
                whens: &["5월에", "2분기에", "겨울 동안", "2019년에", "추수 전에", "파업 뒤에"],
            },
            Kind {
                subjects: &["나룻배는", "북쪽 도로는", "벨크의 학교는", "세관은", "다리는", "장터는", "발전소는"],
                verbs: &[
                    ("폐쇄되었다", "폐쇄되지 않았다"),
                    ("열려 있었다", "열려 있지 않았다"),
                    ("수리되었다", "수리되지 않았다"),
                    ("매각되었다", "매각되지 않았다"),
                ],
                figures: &["#일 동안", "운전사 #명만 빼고", "#백만 원에", "경비병 #명에 의해"],
                whens: &["월요일에", "홍수 이후", "추후 통지까지", "3월 초에", "밤마다", "아르네에서"],
            },
        ],
        speakers: &["김 장관은", "이 대사는", "은행 대변인은", "박 장군은", "최 의원은"],
        says: &["+고 말했다", "+고 밝혔다", "+고 주장했다", "+고 화요일에 썼다", "+고 인정했다"],
        orders: &[
            &[Subject, When, Figure, Verb],
            &[When, Subject, Figure, Verb],
            &[Subject, Figure, Verb],
            &[Subject, When, Verb],
        ],
        attributed: &[
            &[Speaker, Subject, When, Figure, Verb, Says],
            &[Speaker, Subject, Figure, Verb, Says],
            &[When, Speaker, Subject, Verb, Says],
        ],
        joins: &["+, 그리고", "+, 반면에", "+; 한편", "+, 그러나"],
        and: "그리고",
        others: &[
            "다음 회의는 10월 둘째 주에 열린다.",
            "기자들은 들어가지 못했다.",
            "위원 두 사람이 표결 전에 나갔다.",
            "채석장 위 언덕에는 눈이 쌓여 있었다.",
            "회의록은 낭독된 뒤 승인되었다.",
            "#명의 명단이 첨부되었다.",
            "이웃들이 어떻게 생각했는지는 알 수 없다.",
            "개표에는 #시간이 걸렸다.",
        ],
    },
    Language {
        kinds: &[
            Kind {
                subjects: &[
                    "الصادرات",
                    "الواردات",
                    "أسعار القمح",
                    "إمدادات الفحم",
                    "أجور عمال الميناء",
                    "مبيعات الخشب",
                    "عائدات الضرائب",
                ],
                verbs: &[
                    ("انخفضت", "لم تنخفض"),
                    ("ارتفعت", "لم ترتفع"),
                    ("تراجعت", "لم تتراجع"),
                    ("زادت", "لم تزد"),
                    ("هبطت", "لم تهبط"),
                ],
                figures: &["بنسبة # في المئة", "بنسبة # في المئة عن العام السابق", "بنحو # نقطة", "إلى # ألف طن"],
                whens: &["في مايو", "في الربع الثاني", "خلال الشتاء", "في عام 2019", "قبل الحصاد", "بعد الإضراب"],
            },
            Kind {
                subjects: &[
                    "العبّارة",
                    "الطريق الشمالية",
                    "المدرسة في بلك",
                    "دائرة الجمارك",
                    "السوق الأسبوعية",
                    "محطة الكهرباء",
                ],
                verbs: &[
                    ("أُغلقت", "لم تُغلق"),
                    ("بقيت مفتوحة", "لم تبق مفتوحة"),
                    ("أُصلحت", "لم تُصلح"),
                    ("بيعت", "لم تُبع"),
                ],
                figures: &["لمدة # أيام", "أمام الجميع عدا # سائقين", "بتكلفة # ملايين", "على يد # من الحرس"],
                whens: &["يوم الاثنين", "منذ الفيضان", "حتى إشعار آخر", "في أوائل مارس", "ليلًا", "في آرنه"],
            },
        ],
        speakers: &["السيد كول", "السفير", "نائب الوزير", "متحدث باسم البنك", "اللواء رويز"],
        says: &["قال إن", "زعم أن", "نفى أن", "كتب يوم الثلاثاء أن", "أقر بأن"],
        orders: &[
            &[Verb, Subject, Figure, When],
            &[Subject, Verb, Figure, When],
            &[When, Verb, Subject, Figure],
            &[Verb, Subject, Figure],
        ],
        attributed: &[
            &[Speaker, Says, Subject, Verb, Figure, When],
            &[Speaker, Says, Subject, Verb, Figure],
            &[When, Speaker, Says, Subject, Verb],
        ],
        joins: &["+، بينما", "+، في حين", "ثم", "+؛ كذلك", "+، لكن"],
        and: "وكذلك",
        others: &[
            "الاجتماع التالي في الأسبوع الثاني من أكتوبر.",
            "لم يُسمح للصحافة بالدخول.",
            "غادر عضوان قبل التصويت.",
            "كان الثلج يغطي التلال فوق المحجر.",
            "تُلي المحضر ثم أُقر.",
            "أُرفقت قائمة من # أسماء.",
            "لا يُعرف رأي الجيران في ذلك.",
            "استغرق فرز الأصوات # ساعات.",
        ],
    },
];

/// A word of a document.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub text: String,
    /// Without a blank before it.
    joined: bool,
    /// Which word of the old document it is.
    pub number: Option<u32>,
}

type Words = Vec<Word>;

/// The words of a piece of text, without numbers. A mark at the end of a word is a word of its own.
fn words(text: &str) -> Words {
    let mut found = Vec::new();
    for piece in text.split(' ') {
        let joined = piece.starts_with('+');
        let piece = piece.trim_start_matches('+');
        let word = piece.trim_end_matches([',', '.', ';', '،', '؛']);
        for (text, joined) in [(word, joined), (&piece[word.len()..], joined || !word.is_empty())] {
            if !text.is_empty() {
                found.push(Word { text: text.to_owned(), joined, number: None });
            }
        }
    }
    found
}

/// A statement: its parts in their order.
#[derive(Debug, Clone)]
struct Statement(Vec<(Role, Words)>);

impl Statement {
    fn has(&self, role: Role) -> bool {
        self.0.iter().any(|part| part.0 == role)
    }

    fn text(&self, role: Role) -> String {
        let part = self.0.iter().find(|part| part.0 == role);
        part.map_or_else(String::new, |part| part.1.iter().map(|word| format!("{} ", word.text)).collect())
    }

    fn set(&mut self, role: Role, put: Words) {
        if let Some(part) = self.0.iter_mut().find(|part| part.0 == role) {
            part.1 = put;
        }
    }

    /// Other words for a part: those that the part had at its start or at its end are kept.
    fn replaced(&self, role: Role, mut put: Words) -> Words {
        let part = self.0.iter().find(|part| part.0 == role).map_or(&[][..], |part| &part.1);
        let first = part.iter().zip(&put).take_while(|(old, new)| old.text == new.text).count();
        let most = part.len().min(put.len()) - first;
        let last =
            part.iter().rev().zip(put.iter().rev()).take(most).take_while(|(old, new)| old.text == new.text).count();
        let count = put.len();
        for (at, word) in put.iter_mut().enumerate() {
            word.number = match at {
                _ if at < first => part[at].number,
                _ if at >= count - last => part[at + part.len() - count].number,
                _ => None,
            };
        }
        put
    }

    fn words(&self) -> Words {
        self.0.iter().flat_map(|part| part.1.clone()).collect()
    }

    /// The one that the statement is about, or that it is attributed to.
    fn head(&self) -> Role {
        if self.has(Speaker) { Speaker } else { Subject }
    }

    fn forget(&mut self) {
        self.0.iter_mut().flat_map(|part| &mut part.1).for_each(|word| word.number = None);
    }
}

struct Author<'a> {
    dice: &'a mut Dice,
    language: &'static Language,
    kind: &'static Kind,
}

impl Author<'_> {
    fn figure(&mut self, text: &str) -> String {
        text.replace('#', &(2 + self.dice.roll(40)).to_string())
    }

    /// Words for a part of a statement.
    fn part(&mut self, role: Role) -> Words {
        let text = match role {
            Speaker => *self.dice.pick(self.language.speakers),
            Says => *self.dice.pick(self.language.says),
            Subject => *self.dice.pick(self.kind.subjects),
            Verb => self.dice.pick(self.kind.verbs).0,
            When => *self.dice.pick(self.kind.whens),
            Figure => {
                let figure = *self.dice.pick(self.kind.figures);
                return words(&self.figure(figure));
            }
        };
        words(text)
    }

    /// Other words for a part than any of these statements has there.
    fn other(&mut self, role: Role, than: &[&Statement]) -> Words {
        loop {
            let part = self.part(role);
            let text: String = part.iter().map(|word| format!("{} ", word.text)).collect();
            if than.iter().all(|one| one.text(role) != text) {
                return part;
            }
        }
    }

    fn statement(&mut self) -> Statement {
        let orders = if self.dice.chance(40) { self.language.attributed } else { self.language.orders };
        let order = *self.dice.pick(orders);
        Statement(order.iter().map(|&role| (role, self.part(role))).collect())
    }

    /// A statement beside another: about something else, and for the rest mostly the same.
    fn parallel(&mut self, to: &Statement, and: &Statement) -> Statement {
        let mut made = to.clone();
        made.forget();
        let head = to.head();
        let same = [90, 70, 40][self.dice.roll(3)];
        for role in [Speaker, Says, Subject, Verb, Figure, When] {
            if to.has(role) && (role == head || !self.dice.chance(same)) {
                let put = self.other(role, &[to, and]);
                made.set(role, put);
            }
        }
        made
    }

    fn sentence(&mut self) -> Words {
        if self.dice.chance(25) {
            return sentence(&self.statement().words());
        }
        let other = *self.dice.pick(self.language.others);
        words(&self.figure(other))
    }

    /// A sentence that says something else than another: nobody could tell two that are the same from one another.
    fn sentence_but(&mut self, other: &str) -> Words {
        loop {
            let made = self.sentence();
            if text(std::slice::from_ref(&made)).0 != other {
                return made;
            }
        }
    }

    fn join(&mut self) -> Words {
        let join: &&str = self.dice.pick(self.language.joins);
        words(join)
    }
}

/// Words as a sentence: with a capital and a full stop.
fn sentence(of: &[Word]) -> Words {
    let mut made = of.to_vec();
    if let Some(first) = made.first_mut() {
        let mut letters = first.text.chars();
        first.text = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        first.joined = false;
    }
    made.push(Word { text: ".".into(), joined: true, number: None });
    made
}

/// Two statements as one sentence, or as two.
fn joined(author: &mut Author<'_>, first: &Statement, second: &Statement) -> Words {
    if author.dice.chance(50) {
        let mut both = first.words();
        both.extend(author.join());
        both.extend(second.words());
        return sentence(&both);
    }
    let mut both = sentence(&first.words());
    if author.dice.chance(15) {
        both.extend(author.sentence());
    }
    both.extend(sentence(&second.words()));
    both
}

/// How the edited statement is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Negated,
    OtherWords,
    OtherHead,
    ListExtended,
    Doubled,
    Swapped,
    Attributed,
    Moved,
    Appended,
}

pub(crate) const SHAPES: [Shape; 9] = [
    Shape::Negated,
    Shape::OtherWords,
    Shape::OtherHead,
    Shape::ListExtended,
    Shape::Doubled,
    Shape::Swapped,
    Shape::Attributed,
    Shape::Moved,
    Shape::Appended,
];

/// A document before and after an edit.
pub(crate) struct Edit {
    pub shape: Shape,
    pub old: Vec<Words>,
    pub new: Vec<Words>,
    /// The paragraph that was edited.
    pub paragraph: usize,
    /// Which one it is in the new document.
    pub now: usize,
    /// The numbers of the words of the sentence that was edited, half open.
    pub sentence: (u32, u32),
    /// The numbers of the words of the statement in it, half open.
    pub statement: (u32, u32),
    /// What the sentence was, and what stands there now.
    pub region: (String, String),
    /// What was put into another paragraph.
    pub moved: String,
    /// Whether the one that the statement was about is gone: then its words belong to no statement that can be told
    /// when they stand more than once.
    pub head_gone: bool,
}

/// The text of a document, and where each of its words starts and ends, in code points.
pub(crate) fn text(document: &[Words]) -> (String, Vec<(u32, u32)>) {
    let mut body = String::new();
    let mut places = Vec::new();
    let mut length = 0;
    for (index, paragraph) in document.iter().enumerate() {
        for (at, word) in paragraph.iter().enumerate() {
            let between = match (index, at) {
                (0, 0) => "",
                (_, 0) => "\n\n",
                _ if word.joined => "",
                _ => " ",
            };
            body.push_str(between);
            body.push_str(&word.text);
            let start = length + between.len() as u32;
            length = start + word.text.chars().count() as u32;
            places.push((start, length));
        }
    }
    (body, places)
}

/// One edit of one document, from a seed.
pub(crate) fn edit(seed: u64) -> Edit {
    let mut dice = Dice::new(seed);
    dice.roll(2);
    let language = dice.pick(&LANGUAGES);
    let kind = dice.pick(language.kinds);
    let mut author = Author { dice: &mut dice, language, kind };
    let author = &mut author;
    let shape = *author.dice.pick(&SHAPES);

    let mut before = author.statement();
    // Some statements have a second one in their sentence.
    let mut second = (shape == Shape::Swapped || author.dice.chance(20)).then(|| author.parallel(&before, &before));
    let lead: Vec<Words> = (0..1 + author.dice.roll(3)).map(|_| author.sentence()).collect();
    let tail: Vec<Words> = (0..author.dice.roll(3)).map(|_| author.sentence()).collect();
    let count = 3 + author.dice.roll(4);
    let paragraph = author.dice.roll(count);
    let mut old: Vec<Words> =
        (0..count).map(|_| (0..2 + author.dice.roll(4)).flat_map(|_| author.sentence()).collect()).collect();

    // Number the old words: first find where the statement stands.
    let join = author.join();
    let mut body = before.words();
    if let Some(second) = &second {
        body.extend(join.clone());
        body.extend(second.words());
    }
    let from: usize = lead.iter().map(Vec::len).sum();
    old[paragraph] =
        lead.iter().flatten().cloned().chain(sentence(&body)).chain(tail.iter().flatten().cloned()).collect();
    for (number, word) in (0..).zip(old.iter_mut().flatten()) {
        word.number = Some(number);
    }
    let first = old[..paragraph].iter().map(Vec::len).sum::<usize>() + from;
    let mut next = first as u32;
    let mut numbered = |statement: &mut Statement| {
        for word in statement.0.iter_mut().flat_map(|part| &mut part.1) {
            word.number = Some(next);
            next += 1;
        }
        next
    };
    let mut end = numbered(&mut before);
    let mut join = join;
    if let Some(second) = &mut second {
        for word in &mut join {
            word.number = Some(end);
            end += 1;
        }
        for (next, word) in (end..).zip(second.0.iter_mut().flat_map(|part| &mut part.1)) {
            word.number = Some(next);
        }
    }

    let mut after = before.clone();
    let head = before.head();
    let mut head_gone = false;
    let parts = [Says, Subject, Verb, Figure, When];
    let changeable: Vec<Role> = parts.into_iter().filter(|&role| before.has(role) && role != head).collect();
    let change = |author: &mut Author<'_>, after: &mut Statement, role: Role| {
        let put = author.other(role, &[&before]);
        after.set(role, before.replaced(role, put));
    };
    match shape {
        Shape::Negated => {
            let verb = before.text(Verb);
            let negated = kind.verbs.iter().find(|one| one.0 == verb.trim_end()).map_or("", |one| one.1);
            let put = before.replaced(Verb, words(negated));
            after.set(Verb, put);
        }
        Shape::OtherHead => {
            head_gone = true;
            change(author, &mut after, head);
        }
        Shape::ListExtended => {
            let mut part = author.other(Subject, &[&before]);
            part.extend(words(language.and));
            part.extend(before.0.iter().find(|part| part.0 == Subject).map(|part| part.1.clone()).unwrap_or_default());
            after.set(Subject, part);
        }
        Shape::Doubled | Shape::Swapped | Shape::Attributed | Shape::Appended => {}
        Shape::OtherWords | Shape::Moved => {
            let role = *author.dice.pick(&changeable);
            change(author, &mut after, role);
        }
    }
    let more = !matches!(shape, Shape::Appended | Shape::Doubled) && author.dice.chance(40);
    if more && shape != Shape::Negated {
        let role = *author.dice.pick(&changeable);
        if !(shape == Shape::ListExtended && role == Subject) {
            change(author, &mut after, role);
        }
    }

    // What is put beside it.
    let mut beside = match shape {
        Shape::Doubled => {
            let mut copy = before.clone();
            let role = *author.dice.pick(&changeable);
            change(author, &mut copy, role);
            copy.forget();
            Some(copy)
        }
        Shape::Swapped => None,
        _ if author.dice.chance(85) => Some(author.parallel(&before, &after)),
        _ => None,
    };
    let mut made: Vec<Words> = Vec::new();
    let mut elsewhere = None;
    let after_it = shape != Shape::Attributed && author.dice.chance(65);
    match (&second, &mut beside) {
        (Some(second), _) if shape == Shape::Swapped => {
            let mut both = second.words();
            both.extend(join);
            both.extend(after.words());
            made.push(sentence(&both));
        }
        (Some(second), beside) => {
            let mut both = after.words();
            both.extend(join);
            both.extend(second.words());
            if let Some(beside) = beside {
                if after_it {
                    made.extend([sentence(&both), sentence(&beside.words())]);
                } else {
                    made.extend([sentence(&beside.words()), sentence(&both)]);
                }
            } else {
                made.push(sentence(&both));
            }
        }
        (None, Some(beside)) if shape == Shape::Moved => {
            made.push(sentence(&beside.words()));
            elsewhere = Some(sentence(&after.words()));
        }
        (None, Some(beside)) if shape == Shape::Appended => {
            let (one, other) = (sentence(&after.words()), sentence(&beside.words()));
            made.extend(if after_it { [one, other] } else { [other, one] });
        }
        (None, Some(beside)) if after_it => made.push(joined(author, &after, beside)),
        (None, Some(beside)) => made.push(joined(author, beside, &after)),
        (None, None) => made.push(sentence(&after.words())),
    }
    // The full stop of the statement is its own where it still ends the sentence.
    let stop = old[paragraph][from + body.len()].number;
    for words in made.iter_mut().chain(elsewhere.as_mut()) {
        for last in 1..words.len() {
            let before = words[last - 1].number.map(|number| number + 1);
            if words[last].text == "." && words[last].number.is_none() && before == stop {
                words[last].number = stop;
            }
        }
    }

    let shown = |words: &[Word]| text(&[words.to_vec()]).0;
    let made: Words = made.into_iter().flatten().collect();
    let region = (shown(&old[paragraph][from..=from + body.len()]), shown(&made));
    let mut new = old.clone();
    let mut rebuilt: Words = old[paragraph][..from].to_vec();
    let rest = old[paragraph][from + body.len() + 1..].to_vec();
    rebuilt.extend(made);
    rebuilt.extend(rest);
    new[paragraph] = rebuilt;
    let moved = elsewhere.as_deref().map(shown).unwrap_or_default();
    if let Some(elsewhere) = elsewhere {
        let to = (paragraph + 1 + author.dice.roll(count - 1)) % count;
        new[to].extend(elsewhere);
    }
    // Other sentences change as well: at the end of the paragraph, or as a paragraph of their own.
    let mut now = paragraph;
    match author.dice.roll(6) {
        0 => {
            let put = author.sentence_but(&region.0);
            new[paragraph].extend(put);
        }
        1 => {
            let put = author.sentence_but(&region.0);
            let at = author.dice.roll(count + 1);
            new.insert(at, put);
            now += usize::from(at <= paragraph);
        }
        _ => {}
    }
    let sentence = (first as u32, stop.unwrap_or(first as u32) + 1);
    let statement = (first as u32, first as u32 + before.words().len() as u32);
    Edit { shape, old, new, paragraph, now, sentence, statement, region, moved, head_gone }
}
