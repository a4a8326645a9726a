//! Words of which the detector's lexicons have none: `main.rs` asserts it.

pub(crate) struct Words {
    pub(crate) given_f: &'static str,
    pub(crate) given_m: &'static str,
    pub(crate) family: &'static str,
    pub(crate) city: &'static str,
    pub(crate) street: &'static str,
    pub(crate) sentence: &'static [&'static str],
}

pub(crate) static FR: Words = Words {
    given_f: "Ghislaine Bérangère Clothilde Mireille Josiane Capucine Apolline Philippine Maryvonne Huguette \
Ségolène Tiphaine Raymonde Fernande Marcelle Ginette Maëva Coralie Ludivine Mathurine Garance Albane \
Blandine Édith Odile Colette Rolande Lucienne Gaëlle Annick Nolwenn Rozenn Victorine Honorine \
Zqxline",
    given_m: "Thibault Gaëtan Aurélien Gonzague Baudouin Yannick Loïc Tanguy Ronan Étienne Firmin Anatole Barnabé \
Isidore Augustin Grégoire Corentin Malo Tristan Valentin Fabien Régis Gilles Hervé Norbert Édouard \
Ferdinand Achille Armand Aristide Bastien Cyprien Damien Émilien Florentin Zqxard",
    family: "Pelletier Baudry Vasseurin Cordier Lhermitte Boissière Delaunay Quesnel Tessier Guillemot Kerguelen \
Le_Bihan Hamelin Chauvet Bouvier Pruvost Delattre Devaux Marchandeau Cazenave Etcheverry Lafitte \
Peyrard Chastang Raynaud Escoffier Bouchard Thévenot Jacquemin Drouet Gaudin Lebreton Sauvage \
Valentini Rouvière Castagnet Delmas Pouliquen Tanguy Morvan Cadiou Plessis Beaumont Coulon Pottier \
Gosselin Letellier Auger Hervieux Lavigne Besson Chapuis Perrot Grandjean Humbert Zqxault",
    city: "Neuville-sur-Saône Saint-Lô Brive-la-Gaillarde Aubagne Vierzon Issoudun Montluçon Thionville \
Libourne Castelnaudary Pontarlier Saint-Priest-en-Jarez Villeneuve-sur-Lot Carcassonne Périgueux \
Aurillac Bar-le-Duc Verdun Sedan Fougères Vannes Lannion Guingamp Cholet Saumur Alençon Dieppe \
Lisieux Bayeux Beaune Nevers Moulins Zqxville",
    street: "des_Tilleuls du_Moulin_Vert de_la_Fontaine Pasteur Victor-Hugo des_Acacias de_la_Gare Jean-Jaurès \
du_Général-Leclerc de_Verdun des_Cerisiers Voltaire du_Stade de_l'Église des_Lilas Molière de_la_Mairie du_Lavoir",
    sentence: &[
        "le colis n'est jamais arrivé malgré deux relances",
        "merci de rappeler cette personne avant vendredi matin",
        "le client souhaite changer son adresse de livraison pour les vacances",
        "exemplaire déchiré, nous avons promis un nouvel envoi",
        "ne plus démarcher par téléphone, la demande a été répétée",
        "a payé deux fois et attend toujours son remboursement",
        "son fils reprendra la lecture à partir du printemps prochain",
        "la boîte aux lettres est au fond de la cour à gauche",
    ],
};

pub(crate) static EN: Words = Words {
    given_f: "Gwendolyn Prudence Winifred Beatrix Harriet Imogen Philippa Rosalind Tabitha Verity Marjorie Edith \
Agnes Mabel Cordelia Felicity Georgina Henrietta Jemima Lavinia Millicent Octavia Penelope Rowena \
Sybil Thelma Wilhelmina Bronwyn Clementine Zqxina",
    given_m: "Rupert Nigel Alistair Clive Desmond Duncan Fergus Gareth Giles Hamish Humphrey Jarvis Kenrick \
Leopold Montague Neville Percival Reginald Roderick Tristram Vernon Wilfred Barnaby Cornelius \
Ambrose Bertram Clifford Zqxbert",
    family: "Huddleston Pemberton Atkinson Dickinson Ferguson Hodgson Ashworth Barraclough Cartwright Duckworth \
Entwistle Fairbanks Greenhalgh Hargreaves Ingham Kershaw Longbottom Micklethwaite Nuttall Oldfield \
Pickering Ramsbottom Sidebottom Thistlethwaite Underwood Wainwright Yardley Blenkinsop Cholmondeley \
Dewhurst Fothergill Garside Haworth Lockwood Merryweather Openshaw Postlethwaite Rowbotham \
Satterthwaite Tattersall Winterbottom Bickerstaff Clitheroe Holroyd Sugden Zqxworth",
    city: "Huntingdon Kettering Loughborough Macclesfield Nuneaton Ormskirk Penrith Redditch Scunthorpe \
Tamworth Uttoxeter Warrington Yeovil Barnstaple Chippenham Dorchester Falmouth Guildford Haverhill \
Kidderminster Leominster Melton-Mowbray Oswestry Pontefract Rochdale Shrewsbury Taunton Wakefield \
Whitehaven Abergavenny Zqxham",
    street: "Mulberry Orchard Station Victoria Church Meadow Beech Willow Chestnut Primrose Albert Mill Castle Priory \
Sycamore Windsor Bramble Juniper",
    sentence: &[
        "the parcel never arrived although we wrote twice",
        "please call back before friday morning at the latest",
        "wants the weekly copies held while they are away in the summer",
        "says that somebody opened the envelope before it came",
        "asked not to be telephoned again about renewing anything",
        "was charged twice and is still waiting to hear from us",
        "her brother will take over from next spring onwards",
        "leave it with the neighbours behind the green gate",
    ],
};

pub(crate) static DE: Words = Words {
    given_f: "Brunhilde Gudrun Hedwig Irmgard Kunigunde Liesel Mechthild Notburga Ottilie Roswitha Sieglinde \
Traudel Waltraud Adelheid Burgunde Edeltraud Friederike Gerlinde Hiltrud Irmtraud Leonore Mathilda \
Rosemarie Swantje Wiebke Frauke Anneliese Hildegard Isolde Zqxhild",
    given_m: "Eberhard Gottfried Hartmut Ingolf Joachim-Ernst Konrad Lothar Meinhard Norbert Ottmar Reinhold \
Siegfried Traugott Ulrich Volker Wendelin Burkhard Detlef Ekkehard Friedhelm Gebhard Hubertus Jochen \
Kilian Ludger Malte Henning Gunnar Thorben Zqxbrecht",
    family: "Achterberg Bartholomä Dornbusch Eichendorff Falkenhagen Grünewald Hagedorn Immelmann Klingbeil \
Lüdemann Mühlbauer Nottbeck Oberhuber Pfannenstiel Quandt Rademacher Stahlschmidt Tiefenbach \
Unterberger Vollmer Wiesenthal Zellweger Brinkmann Drechsler Eggers Feldhaus Gerstenberg Holzapfel \
Isermann Kettler Löffler Möhring Niemeyer Osterkamp Prinzhorn Reuter Schlüter Thiele Uhlig \
Westermann Zqxmann Gundlach Hillebrand Kirchhoff",
    city: "Ostfildern Neubrandenburg Kirchheim Waldkirchen Rothenburg Grevenbroich Delmenhorst Eschweiler \
Friedrichshafen Gummersbach Hoyerswerda Idar-Oberstein Kaufbeuren Landshut Memmingen Nordhausen \
Oranienburg Pirmasens Quedlinburg Rheinbach Sindelfingen Tuttlingen Uelzen Völklingen Weißenfels \
Zweibrücken Bergkamen Coesfeld Dinslaken Zqxstadt",
    street: "Goethe Linden Bahnhof Garten Schiller Mühlen Kirch Berg Ahorn Buchen Rosen Mozart Schul Wiesen Birken Kastanien",
    sentence: &[
        "das päckchen ist trotz zweier mahnungen nie angekommen",
        "bitte noch vor freitag vormittag zurückrufen lassen",
        "möchte während der ferien nichts zugestellt bekommen",
        "der umschlag war geöffnet als er im kasten lag",
        "will am fernsprecher nicht mehr geworben werden",
        "hat zweimal gezahlt und wartet noch auf sein geld",
        "ab dem frühjahr liest die tochter anstelle der mutter",
        "der briefkasten hängt hinten im hof neben der treppe",
    ],
};

pub(crate) static FA: Words = Words {
    given_f: "گلناز مهرنوش پگاه سپیده روشنک شقایق مهتاب سوگند رعنا ثریا عاطفه راضیه مرضیه فائزه هانیه کیمیا ملیکا \
درسا بهاره غزاله سحر آناهیتا گیتا فروغ زقکسین",
    given_m: "شهرام بهنام فرامرز جمشید هوشنگ منوچهر ایرج خشایار سهراب کیوان شهاب آرمین پارسا عرفان طاها دانیال \
یعقوب سلمان عمار حبیب رحمان قدرت نادر زقکسان",
    family: "زندیه کشاورز صیادی بنایی آهنگر خیاطیان درودگر جهانگیری افشاری بختیاری قشقایی بیگدلی شاملو مافی دهخدا \
معتمدی فیروزآبادی مازندرانی گیلانی خراسانی لاریجانی دماوندی تفرشی آشتیانی پورکاظم پوررضا رادمنش \
نیک‌پور بهزادی سپهری کیانی ساسانی اشکانی منصوری مشایخی میرداماد طباطبایی زقکسی زقکسیان وکیلی",
    city: "بندرلنگه فیروزآباد شاهین‌شهر اسفراین کاشمر تربت‌حیدریه گنبدکاووس آزادشهر مینودشت رامسر تنکابن نوشهر \
چالوس محمودآباد بابلسر قائم‌شهر دامغان شاهرود گرمسار دماوند زقکس‌آباد فریدون‌شهر گلپایگان خوانسار \
داراب لار جهرم کازرون",
    street: "انقلاب آزادی ولیعصر شریعتی بهشتی مطهری طالقانی فردوسی حافظ سعدی گلستان نیلوفر لاله یاس شقایق کوهسار",
    sentence: &[
        "بسته با وجود دو بار پیگیری هنوز نرسیده است",
        "لطفا پیش از صبح جمعه با ایشان تماس بگیرید",
        "در تعطیلات تابستان چیزی به خانه نفرستید تا خبر بدهند",
        "پاکت هنگام رسیدن باز شده بود و ورقی کم داشت",
        "دیگر برای تبلیغ با او تلفنی صحبت نکنید",
        "دو بار پول داده و منتظر پس گرفتن آن است",
        "از بهار آینده دختر او خواننده خواهد بود",
        "صندوق نامه در انتهای حیاط کنار پله است",
    ],
};
