//! The words that generated texts are made of: as many and as often used as in reports that analysts read.

/// The words that hold sentences together, most frequent first.
pub const FUNCTION: &str = "the of and to in a is that for it was on are as with be by at this from or have an they \
    which one you were all her she there would their we him been has when who will no more if out so up said what its \
    about than into them can only other time new some could these two may first then do any like my now over such our \
    me even most made after also did many off before must well back through years much where your way down should \
    because long each just state those people too little good world still see own men work here between both under \
    never same another while last might us great year since against right three among within without though until \
    whether during although toward upon rather quite often always";

/// What every report speaks of.
pub const GENERAL: &str = "account agency analyst announced appeared archive area arrived asked assessment began \
    border brief broad bulletin bureau capital central century chapter checked city claim clear closed coast column \
    committee common company compared confirmed considerable continued correspondent council country county current \
    daily dated day declined delayed denied departed described detail direct district document doubtful draft earlier \
    eastern effort ended estimate evening event evidence expected factor figure final footage formal former general \
    group growing highway image increase inquiry interview island issue joint journal known large later letter level \
    likely limited line local longer main map market measure meeting member minor month morning mountain moved narrow \
    national northern notice number observer office officer old opened order outcome page partial period permanent \
    photograph picture plain planned point port present press private probable public quarter railway rare recent \
    record region regular remained report resident result river road route routine satellite season second section \
    senior separate series shift short similar single small source southern station steady summer survey table team \
    temporary town trend uncertain unit unlikely unusual usual valley village visit week western winter witness worker";

/// What reports of one kind speak of; the kind gives the tag its name.
pub const TOPICS: [(&str, &str); 3] = [
    (
        "military",
        "airfield ammunition armour artillery barracks battalion battery brigade bunker coastguard column commander \
         conscript convoy depot deployment division drone escort exercise fleet frigate fuel garrison headquarters \
         infantry interceptor logistics minefield missile mobilisation mortar patrol radar readiness rearguard \
         reconnaissance reserve rotation shell sortie squadron submarine",
    ),
    (
        "economic",
        "audit bank bond budget cargo coal contract credit currency customs debt deficit default dividend electricity \
         export factory freight gas grain harvest import income inflation insurance investor invoice loan mill output \
         pipeline price procurement refinery revenue sanction semiconductor shipping smuggling steel subsidy tariff \
         tender tonnage unemployment wages yield",
    ),
    (
        "diplomatic",
        "accord alliance ambassador arbitration armistice bilateral ceasefire charter coalition communique consulate \
         corridor credentials declaration delegation demarcation embassy envoy exchange expulsion guarantor hostage \
         mandate mediator memorandum negotiation neutrality parliament plebiscite prisoner protocol ratification \
         recognition referendum resolution spokesman statement summit talks treaty ultimatum veto visa",
    ),
];

/// Names of places and people, some beyond ASCII.
pub const NAMES: [&str; 24] = [
    "Almere",
    "Brevik",
    "Calder",
    "Dravná",
    "Elsinor",
    "Fåborg",
    "Grudzia",
    "Hartwell",
    "Ingolf",
    "Jaroměř",
    "Kestrel",
    "Lindqvist",
    "Mâcon",
    "Nordahl",
    "Olovo",
    "Přerov",
    "Quarrie",
    "Rønne",
    "Sandoval",
    "Tvrđava",
    "Urquhart",
    "Вологин",
    "Зарічне",
    "Маряна",
];

/// What rare words are made of.
pub const SYLLABLES: [&str; 32] = [
    "ar", "bel", "cor", "dan", "es", "fir", "gal", "hol", "im", "ju", "ker", "lan", "mon", "nes", "op", "pra", "quo",
    "ran", "sol", "tam", "ur", "van", "wil", "xen", "yor", "zan", "ble", "chi", "dro", "ette", "ful", "gen",
];
