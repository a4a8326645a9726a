//! Near keys and clusters in many scripts, case by case.

use charivari_text::near::{NONE, Options, SIMILARITY, Texts, near_key, similarity, weight};

#[test]
fn what_is_only_spelling_gives_one_key() {
    let cases = [
        ("case, space, signs", "They KNEW, for months!!", "they knew formonths"),
        ("link, mention, repost", "RT @paper: they knew https://example.org/a", "they knew @you"),
        ("emoji", "they knew 🔥🔥 ❤️", "they knew"),
        ("hashtags at the ends", "#leak they knew #truth #now", "they knew"),
        ("hashtag within stays", "they #knew it", "they knew it"),
        ("full-width", "ＴＨＥＹ　ＫＮＥＷ１２", "they knew 12"),
        ("zero-width", "th\u{200b}ey k\u{ad}new", "they knew"),
        (
            "French accents and ligature",
            "L’hébergeur a reçu le cœur",
            "l'hebergeur a recu le coeur",
        ),
        ("Turkish dotless i", "yıldırım", "yildirim"),
        ("Polish and Danish", "łódź ø æ", "lodz o ae"),
        ("Greek accents", "Ο υπουργός είπε", "ο υπουργοσ ειπε"),
        ("Russian yo and short i", "ещё йод", "еще иод"),
        ("Hebrew points", "שָׁלוֹם", "שלום"),
        ("Arabic vowel signs", "مُحَمَّد", "محمد"),
        ("Arabic lengthening stroke", "عـــــاجل", "عاجل"),
        ("Arabic alef forms", "أحمد إلى آخر ٱلناس", "احمد الى اخر الناس"),
        ("Arabic teh marbuta, alef maqsura", "مدينة على", "مدينه علي"),
        ("Persian kaf and yeh on an Arabic keyboard", "كتاب يك", "کتاب یک"),
        ("Persian non-joiner", "می\u{200c}روند", "میروند"),
        ("Urdu heh", "وہ ہے", "وه هي"),
        ("Persian and Arabic digits", "۱۲۳ و ٤٥٦", "123 و 456"),
        ("Devanagari digits", "हिन्दी २०२३", "हिन्दी 2023"),
        ("Chinese punctuation", "报纸核实了，数据“真实”。", "报纸核实了数据真实"),
        ("Japanese half-width", "ﾆｭｰｽ です", "ニュースです"),
        ("Korean spacing", "신문사는 확인 했다", "신문사는 확인했다"),
        ("Korean jamo", "\u{1112}\u{1161}\u{11ab}국", "한국"),
        ("Thai spacing", "หนังสือพิมพ์ ตรวจสอบ", "หนังสือพิมพ์ตรวจสอบ"),
    ];
    for (name, a, b) in cases {
        assert_eq!(near_key(a), near_key(b), "{name}");
        assert!(!near_key(a).is_empty(), "{name}");
    }
}

#[test]
fn what_carries_meaning_stays_in_the_key() {
    let cases = [
        ("Thai tone marks", "ไม่ใหม่", "ไมใหม"),
        ("Hindi vowel signs", "दिन", "दान"),
        ("Japanese voicing", "がか", "かか"),
        ("digits", "47 people", "48 people"),
    ];
    for (name, a, b) in cases {
        assert_ne!(near_key(a), near_key(b), "{name}");
    }
    assert_eq!(near_key("#only #tags @and https://example.org"), "");
    let tag = "#报纸核实了被盗的订户数据样本是真实的没有告诉任何读者";
    assert_eq!(near_key(tag), tag.trim_start_matches('#'), "a tag as long as a text is a text");
}

#[test]
fn weights_by_script() {
    for (text, expected) in
        [("", 0), ("abc1", 4), ("они", 3), ("报纸", 4), ("です", 4), ("신문", 4), ("น้ำ", 3)]
    {
        assert_eq!(weight(&near_key(text)), expected, "{text}");
    }
}

/// Per language: a text, a copy of it with edits, and something else.
const POSTS: &[(&str, &str, &str, &str)] = &[
    (
        "Arabic",
        "تحققت الصحيفة من أن البيانات المسروقة للمشتركين حقيقية ولم تبلغ القراء بذلك منذ أشهر",
        "عاجل 🔥 تحقّقت الصّحيفة من ان البيانات المسروقه للمشتركين حقيقية و لم تبلغ أحدا بذلك منذ أشهر",
        "أعلنت وزارة النقل عن إغلاق الطريق الساحلي بسبب الأمطار الغزيرة حتى مساء الغد",
    ),
    (
        "Persian",
        "روزنامه بررسی کرد که داده‌های دزدیده شده مشترکان واقعی است و ماه‌ها به خوانندگان چیزی نگفت",
        "فوری: روزنامه بررسي كرد كه داده های دزدیده‌شده مشتركان واقعی است و ماهها به مردم چیزی نگفت",
        "وزارت راه اعلام کرد جاده ساحلی به دلیل بارش شدید باران تا فردا شب بسته خواهد بود",
    ),
    (
        "Chinese",
        "报纸核实了被盗的订户数据样本是真实的，但几个月来没有告诉任何读者，谁应该负责？",
        "突发！报纸核实了被盗的用户数据样本是真实的，但几个月来没有告诉读者，谁应该负责呢？",
        "交通部门宣布沿海公路因暴雨关闭，预计明天晚上才能恢复通行，请市民注意安全。",
    ),
    (
        "Japanese",
        "新聞社は盗まれた購読者のデータが本物であることを確認したが、読者には何か月も知らせなかった",
        "【速報】新聞社は盗まれた購読者データが本物であることを確認したが、何か月も読者に知らせなかった",
        "交通省は大雨のため海岸道路を明日の夜まで閉鎖すると発表し、市民に注意を呼びかけた",
    ),
    (
        "Korean",
        "신문사는 도난당한 구독자 데이터가 진짜임을 확인했지만 몇 달 동안 독자들에게 알리지 않았다",
        "속보! 신문사는 도난 당한 구독자 자료가 진짜임을 확인했지만 몇달 동안 독자에게 알리지 않았다",
        "교통부는 폭우 때문에 해안 도로를 내일 저녁까지 폐쇄한다고 발표하고 시민들에게 주의를 당부했다",
    ),
    (
        "Thai",
        "หนังสือพิมพ์ตรวจสอบแล้วว่าข้อมูลที่ถูกขโมยเป็นของจริง แต่ไม่ได้บอกผู้อ่านเป็นเวลาหลายเดือน",
        "ด่วน! หนังสือพิมพ์ตรวจสอบแล้วว่าข้อมูลสมาชิกที่ถูกขโมยเป็นของจริงแต่ไม่บอกผู้อ่านเป็นเวลาหลายเดือน",
        "กระทรวงคมนาคมประกาศปิดถนนเลียบชายฝั่งเนื่องจากฝนตกหนักจนถึงเย็นวันพรุ่งนี้",
    ),
    (
        "Russian",
        "Газета проверила образец украденных данных подписчиков: они подлинные, но читателям месяцами ничего не сказали",
        "СРОЧНО!!! Газета проверила украденные данные подписчиков, они подлинные, но людям ещё месяцами ничего не сказали",
        "Министерство транспорта закрыло прибрежную дорогу из-за сильного дождя до завтрашнего вечера",
    ),
    (
        "English",
        "The newspaper has checked the sample of stolen data and it is genuine, but readers were told nothing for months",
        "BREAKING the newspaper checked the sample of the stolen data and it's genuine but its readers were told nothing",
        "The ministry of transport has closed the coastal road because of heavy rain until tomorrow night",
    ),
];

#[test]
fn copies_with_edits_are_found_in_every_script() {
    let mut texts = Texts::new();
    for &(_, text, copy, other) in POSTS {
        texts.extend(&[text, copy, other]);
    }
    let clusters = texts.cluster(Options::default());
    for (&(language, text, copy, other), of) in POSTS.iter().zip(clusters.of.chunks(3)) {
        let alike = similarity(&near_key(text), &near_key(copy));
        assert!(alike > SIMILARITY && alike < 1.0, "{language}: {alike}");
        assert!(similarity(&near_key(text), &near_key(other)) < 0.5, "{language}");
        assert!(of[0] != NONE && of[0] == of[1], "{language}");
        assert_eq!(of[2], NONE, "{language}");
    }
    assert_eq!(clusters.keys.len(), POSTS.len(), "no language is mixed with another");
}
