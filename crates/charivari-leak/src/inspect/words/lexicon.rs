//! Small lexicons, written by hand from general knowledge. They are there to teach the statistics of
//! letters; a table whose names all are unknown is the normal case.

/// The words of one language.
pub(crate) struct Language {
    /// Its code: ISO 639-1, with the script where it is not the usual one.
    pub(crate) code: &'static str,
    /// Given names.
    pub(crate) given: &'static str,
    /// Family names.
    pub(crate) family: &'static str,
    /// Cities, towns and villages.
    pub(crate) city: &'static str,
    /// Words of shops and offices, that are no names.
    pub(crate) common: &'static str,
}

/// All languages.
pub(crate) static LANGUAGES: [Language; 10] = [
    Language {
        code: "fr",
        given: "jean marie pierre michel andré philippe nathalie isabelle sylvie catherine martine christine \
françoise valérie sandrine stéphanie véronique sophie céline chantal patrick nicolas christophe laurent frédéric \
sébastien éric stéphane david julien alain olivier bernard thierry jacques gérard daniel didier camille léa manon \
chloé inès jade louise alice emma lola zoé lucas hugo louis arthur jules gabriel raphaël paul antoine maxime \
alexandre thomas benjamin quentin clément romain anthony aurélie émilie audrey élodie mélanie delphine laetitia \
pauline margaux mathilde juliette charlotte marion anaïs océane justine denise monique jeannine yvette claude \
henri rené marcel lucien georges raymond roger guy yves serge fabrice cédric ludovic mickaël jean-pierre \
anne-marie mohamed karim fatima samira noémie solène maëlle gwenaëlle théo léo nathan enzo ethan",
        family: "martin bernard dubois thomas robert richard petit durand leroy moreau simon laurent lefebvre michel \
garcia david bertrand roux vincent fournier morel girard andré mercier dupont lambert bonnet françois martinez \
legrand garnier faure rousseau blanc guerin muller henry roussel nicolas perrin morin mathieu clement gauthier \
dumont lopez fontaine chevalier robin masson sanchez gerard nguyen boyer denis lemaire duval joly gautier roger \
roche roy noel meyer lucas meunier jean perez marchand dufour blanchard marie barbier brun dumas brunet schmitt \
leroux colas fernandez renard arnaud rolland caron aubert giraud leclerc vidal bourgeois renaud lemoine picard \
gaillard philippe leclercq lacroix fabre dupuis olivier rodriguez da_silva hubert louis charles guillot riviere \
le_gall guillaume adam rey moulin gonzalez berger lecomte menard fleury deschamps carpentier julien benoit paris \
maillard marchal aubry vasseur le_roux renault jacquet collet prevost poirier charpentier royer huet",
        city: "paris marseille lyon toulouse nice nantes montpellier strasbourg bordeaux lille rennes reims \
saint-étienne toulon grenoble dijon angers nîmes villeurbanne clermont-ferrand le_mans aix-en-provence brest tours \
amiens limoges annecy perpignan boulogne-billancourt metz besançon orléans rouen mulhouse caen nancy argenteuil \
montreuil roubaix tourcoing avignon dunkerque poitiers versailles créteil pau courbevoie colombes vitry-sur-seine \
aulnay-sous-bois asnières-sur-seine rueil-malmaison la_rochelle saint-maur-des-fossés cannes calais béziers \
saint-nazaire bourges quimper valence chambéry niort saint-brieuc lorient charleville-mézières la_roche-sur-yon \
châteauroux montauban laval évreux belleville épinal châlons-en-champagne mont-de-marsan villefranche-sur-saône \
romans-sur-isère saint-germain-en-laye bourg-en-bresse neuilly-sur-marne fontenay-sous-bois",
        common: "abonnement commande livraison facture client actif inactif annulé payé suspendu remboursé journal \
magazine numéro papier numérique mensuel annuel semestriel virement carte chèque espèces relance paiement colis \
expédié retourné professionnel particulier association directeur comptable ingénieur vendeur enseignant infirmier \
retraité étudiant rouge bleu vert noir blanc petit moyen grand offre promotion cadeau essai résilié renouvelé",
    },
    Language {
        code: "en",
        given: "james mary john patricia robert jennifer michael linda william elizabeth david barbara richard susan \
joseph jessica thomas sarah charles karen christopher nancy daniel lisa matthew margaret anthony betty mark sandra \
donald ashley steven kimberly paul emily andrew donna joshua michelle kenneth dorothy kevin carol brian amanda \
george melissa edward deborah ronald stephanie timothy rebecca jason sharon jeffrey laura ryan cynthia jacob \
kathleen gary amy nicholas shirley eric angela jonathan helen stephen anna larry brenda justin pamela scott nicole \
brandon emma benjamin samantha samuel katherine gregory christine frank debra alexander rachel oliver olivia harry \
amelia jack isla noah ava leo freya arthur grace alfie poppy henry sophie archie evie ethan millie jake daisy",
        family: "smith johnson williams brown jones miller davis wilson anderson taylor thomas moore jackson martin \
lee thompson white harris clark lewis robinson walker young allen king wright scott hill green adams nelson baker \
hall campbell mitchell carter roberts phillips evans turner parker collins edwards stewart morris murphy cook rogers \
morgan cooper peterson reed bailey bell kelly howard ward cox richardson wood watson brooks bennett gray james \
hughes price myers foster sanders ross long sullivan russell jenkins perry powell butler barnes fisher henderson \
coleman simmons patterson jordan reynolds hamilton graham wallace hudson hunt gibson webb mason knight palmer \
chapman ellis lawson fletcher harrison dixon shaw holmes spencer gardner stevens payne pearson walsh hawkins \
grant stone dunn perkins armstrong carpenter weaver crawford bradley burton hopkins marshall whitfield",
        city: "london birmingham manchester leeds liverpool sheffield bristol glasgow leicester edinburgh coventry \
bradford cardiff belfast nottingham hull newcastle southampton plymouth reading derby wolverhampton swansea \
portsmouth luton preston aberdeen sunderland norwich bournemouth swindon oxford cambridge ipswich york blackpool \
middlesbrough bolton stockport brighton worthing rotherham slough gloucester watford exeter cheltenham basildon \
maidstone chelmsford colchester blackburn eastbourne hastings new_york los_angeles chicago houston phoenix \
philadelphia san_antonio san_diego dallas austin jacksonville columbus charlotte indianapolis seattle denver \
boston nashville detroit portland memphis louisville baltimore milwaukee albuquerque fresno sacramento atlanta \
kansas_city springfield arlington greenville burlington richmond kingston-upon-hull stoke-on-trent wellington \
stratford-upon-avon bury_st_edmunds newport southport stockton-on-tees huddersfield",
        common: "order subscription delivery invoice customer active inactive cancelled paid pending suspended refund \
magazine issue paper digital monthly yearly transfer card cheque cash reminder payment parcel shipped returned \
business private association manager accountant engineer salesperson teacher nurse retired student red blue green \
black white small medium large offer promotion gift trial renewed premium basic newsletter support technician \
consultant assistant officer director analyst developer designer driver",
    },
    Language {
        code: "de",
        given: "peter michael thomas andreas wolfgang klaus jürgen günter stefan christian uwe werner horst frank \
dieter manfred gerhard hans bernd torsten matthias helmut walter heinz martin jörg rolf jens sven alexander jan \
rainer holger karl dirk joachim ralf carsten herbert oliver wilhelm kurt markus heinrich harald paul hermann ursula \
maria karin monika elke renate brigitte helga petra ingrid gisela susanne sabine birgit andrea gabriele erika heike \
christa barbara elisabeth angelika anna martina hannelore claudia jutta christine gerda ilse katrin silke anja \
nicole stefanie julia katharina lena lea hannah mia emma leonie sophie marie luisa johanna finn lukas leon felix \
jonas maximilian moritz tobias sebastian florian kevin dennis philipp simon tim niklas",
        family: "müller schmidt schneider fischer weber meyer wagner becker schulz hoffmann schäfer koch bauer \
richter klein wolf schröder neumann schwarz zimmermann braun krüger hofmann hartmann lange schmitt werner schmitz \
krause meier lehmann schmid schulze maier köhler herrmann könig walter mayer huber kaiser fuchs peters lang scholz \
möller weiß jung hahn schubert vogel friedrich keller günther frank berger winkler roth beck lorenz baumann franke \
albrecht schuster simon ludwig böhm winter kraus martin schumacher krämer vogt stein jäger otto sommer groß seidel \
heinrich brandt haas schreiber graf dietrich ziegler kuhn kühn pohl engel horn busch bergmann thomas voigt sauer \
arnold wolff pfeiffer kowalski lindner hübner kramer wenzel schreiner steinbach",
        city: "berlin hamburg münchen köln frankfurt stuttgart düsseldorf leipzig dortmund essen bremen dresden \
hannover nürnberg duisburg bochum wuppertal bielefeld bonn münster karlsruhe mannheim augsburg wiesbaden \
mönchengladbach gelsenkirchen braunschweig aachen kiel chemnitz halle magdeburg freiburg krefeld mainz lübeck \
erfurt oberhausen rostock kassel hagen potsdam saarbrücken hamm ludwigshafen oldenburg leverkusen osnabrück \
solingen heidelberg darmstadt herne neuss regensburg paderborn ingolstadt offenbach fürth würzburg ulm heilbronn \
pforzheim wolfsburg göttingen bottrop reutlingen koblenz bremerhaven erlangen recklinghausen trier salzgitter \
siegen hildesheim gütersloh kaiserslautern schwerin esslingen düren ratingen lünen flensburg villingen wilhelmshaven \
wien graz salzburg innsbruck zürich rosenheim neustadt bad_homburg bad_kreuznach sankt_augustin",
        common: "bestellung abonnement lieferung rechnung kunde aktiv inaktiv storniert bezahlt offen gesperrt \
erstattung zeitung zeitschrift ausgabe papier digital monatlich jährlich überweisung karte lastschrift bar mahnung \
zahlung paket versandt zurückgeschickt geschäftlich privat verein leiter buchhalter ingenieur verkäufer lehrer \
pfleger rentner student rot blau grün schwarz weiß klein mittel groß angebot aktion geschenk probe gekündigt \
verlängert techniker berater sachbearbeiter entwickler fahrer",
    },
    Language {
        code: "fa",
        given: "محمد علی حسین رضا مهدی حسن احمد امیر سعید حمید مجید محسن مصطفی ابراهیم عباس اکبر اصغر جواد کاظم \
ناصر بهرام بهروز فرهاد کامران داریوش کوروش سیاوش آرش پیمان پویا نیما امید بابک فاطمه زهرا مریم معصومه زینب سکینه \
رقیه خدیجه لیلا نرگس سارا نازنین شیرین مهسا نیلوفر پریسا الهام سمیرا شیما مینا نسرین پروین فریبا ژاله شهلا مهناز \
فرزانه آزاده ستاره یلدا ترانه محبوبه طاهره صدیقه اعظم اکرم مجتبی مرتضی هادی یاسر سجاد صادق رسول وحید میلاد فرشید",
        family: "محمدی حسینی احمدی رضایی موسوی کریمی رحیمی جعفری هاشمی مرادی قاسمی اکبری صادقی ابراهیمی نوری \
زارعی سلطانی عباسی کاظمی صالحی یوسفی اسدی باقری میرزایی شریفی اسماعیلی فتحی امیری حیدری نجفی خسروی عزیزی رستمی \
جعفرپور تهرانی اصفهانی شیرازی تبریزی کرمانی یزدی کاشانی قمی همدانی بهرامی پناهی نیکزاد فرهادی علیزاده حسن‌زاده \
محمدزاده رمضانی شهبازی غلامی قربانی داوودی طاهری نظری مظفری فلاح نادری میرزاخانی کریم‌خانی دهقان دهقانی ملکی",
        city: "تهران مشهد اصفهان شیراز تبریز کرج اهواز قم کرمانشاه ارومیه رشت زاهدان همدان کرمان یزد اردبیل بندرعباس \
اراک اسلام‌آباد زنجان سنندج قزوین خرم‌آباد گرگان ساری کاشان ساوه بابل آمل بجنورد بوشهر بیرجند ایلام شهرکرد سمنان \
یاسوج دزفول خرمشهر آبادان نجف‌آباد سبزوار نیشابور قوچان ورامین شهریار مراغه خوی میاندوآب مرودشت رفسنجان سیرجان \
بندرانزلی لاهیجان ملایر بروجرد مهاباد بوکان سقز نظرآباد علی‌آباد صفاشهر خمینی‌شهر",
        common: "سفارش اشتراک تحویل فاکتور مشتری فعال غیرفعال لغو پرداخت تعلیق بازگشت روزنامه مجله شماره کاغذی \
دیجیتال ماهانه سالانه انتقال کارت نقد یادآوری بسته ارسال شخصی شرکت مدیر حسابدار مهندس فروشنده معلم پرستار \
بازنشسته دانشجو قرمز آبی سبز سیاه سفید کوچک متوسط بزرگ پیشنهاد هدیه آزمایشی تمدید راننده کارمند",
    },
    Language {
        code: "fa-Latn",
        given: "mohammad ali hossein reza mehdi hassan ahmad amir saeed hamid majid mohsen mostafa ebrahim abbas \
javad kazem naser bahram behrouz farhad kamran dariush kourosh siavash arash peyman pouya nima omid babak fatemeh \
zahra maryam masoumeh zeinab leila narges sara nazanin shirin mahsa niloufar parisa elham samira shima mina nasrin",
        family: "mohammadi hosseini ahmadi rezaei mousavi karimi rahimi jafari hashemi moradi ghasemi akbari sadeghi \
ebrahimi nouri zarei soltani abbasi kazemi salehi yousefi asadi bagheri mirzaei sharifi esmaeili fathi amiri \
heydari najafi khosravi azizi rostami alizadeh hassanzadeh tehrani shirazi kermani yazdi kashani",
        city: "tehran mashhad isfahan esfahan shiraz tabriz karaj ahvaz qom kermanshah urmia rasht zahedan hamadan \
kerman yazd ardabil bandar-abbas arak eslamshahr zanjan sanandaj qazvin khorramabad gorgan sari kashan saveh babol \
amol bushehr birjand ilam shahrekord semnan dezful abadan najafabad sabzevar neyshabur",
        common: "sefaresh eshterak mahane salane faal",
    },
    Language {
        code: "ar",
        given: "محمد أحمد محمود علي حسن حسين عمر خالد يوسف إبراهيم عبدالله عبدالرحمن مصطفى كريم طارق سامي فاطمة \
عائشة مريم زينب خديجة نور سارة ليلى هدى منى سلمى رانيا دينا ياسمين أمينة",
        family: "الأحمد الحسن المصري الشامي السوري العلي الحسيني الخطيب النجار الحداد الزهراني القحطاني الغامدي \
العتيبي المالكي الشريف البكري التميمي الهاشمي منصور سليمان حمدان",
        city: "القاهرة الإسكندرية الرياض جدة مكة المدينة دمشق حلب بغداد البصرة الموصل بيروت عمان الدوحة دبي أبوظبي \
الكويت صنعاء عدن الخرطوم طرابلس تونس الجزائر وهران الرباط الدار_البيضاء مراكش فاس",
        common: "طلب اشتراك تسليم فاتورة عميل نشط ملغى مدفوع معلق مجلة شهري سنوي بطاقة نقد هدية",
    },
    Language {
        code: "es",
        given: "antonio josé manuel francisco david juan javier daniel carlos jesús alejandro miguel rafael pedro \
ángel pablo sergio fernando jorge luis alberto álvaro maría carmen ana isabel dolores pilar teresa rosa cristina \
laura lucía marta elena raquel sofía paula andrea beatriz rocío",
        family: "garcía rodríguez gonzález fernández lópez martínez sánchez pérez gómez jiménez ruiz hernández díaz \
moreno muñoz álvarez romero alonso gutiérrez navarro torres domínguez vázquez ramos gil ramírez serrano blanco molina",
        city: "madrid barcelona valencia sevilla zaragoza málaga murcia palma bilbao alicante córdoba valladolid vigo \
gijón granada vitoria elche oviedo badalona cartagena jerez móstoles pamplona almería burgos salamanca santander",
        common: "pedido suscripción entrega factura cliente activo inactivo cancelado pagado pendiente revista mensual \
anual tarjeta efectivo regalo rojo azul verde",
    },
    Language {
        code: "it",
        given: "giuseppe giovanni antonio mario luigi francesco angelo vincenzo pietro salvatore carlo franco domenico \
bruno paolo michele giorgio aldo sergio luciano maria anna giuseppina rosa angela giovanna teresa lucia carmela \
caterina francesca chiara giulia martina alessandra elena federica silvia",
        family: "rossi russo ferrari esposito bianchi romano colombo ricci marino greco bruno gallo conti de_luca \
mancini costa giordano rizzo lombardi moretti barbieri fontana santoro mariani rinaldi caruso ferrara galli martini",
        city: "roma milano napoli torino palermo genova bologna firenze bari catania venezia verona messina padova \
trieste taranto brescia parma prato modena reggio_calabria livorno cagliari foggia rimini salerno ferrara sassari",
        common: "ordine abbonamento consegna fattura cliente attivo inattivo annullato pagato rivista mensile annuale \
carta contanti regalo rosso verde",
    },
    Language {
        code: "ru",
        given: "александр сергей дмитрий андрей алексей максим евгений иван михаил николай владимир павел анна мария \
елена ольга наталья екатерина татьяна ирина светлана юлия анастасия дарья ксения",
        family: "иванов смирнов кузнецов попов васильев петров соколов михайлов новиков федоров морозов волков алексеев \
лебедев семенов иванова смирнова кузнецова попова васильева петрова соколова новикова морозова",
        city: "москва санкт-петербург новосибирск екатеринбург казань челябинск омск самара ростов-на-дону уфа \
красноярск воронеж пермь волгоград краснодар саратов тюмень ижевск барнаул иркутск хабаровск ярославль",
        common: "заказ подписка доставка счет клиент активен отменен оплачен журнал ежемесячно ежегодно карта наличные",
    },
    Language {
        code: "ru-Latn",
        given: "aleksandr sergei dmitry andrei alexei maxim evgeny ivan mikhail nikolai vladimir pavel anna maria elena \
olga natalia ekaterina tatiana irina svetlana yulia anastasia",
        family: "ivanov smirnov kuznetsov popov vasiliev petrov sokolov mikhailov novikov fedorov morozov volkov \
lebedev semenov ivanova smirnova kuznetsova popova sokolova",
        city: "moskva moscow novosibirsk yekaterinburg kazan chelyabinsk omsk samara ufa krasnoyarsk voronezh perm \
volgograd krasnodar saratov tyumen",
        common: "zakaz podpiska dostavka",
    },
];

/// The words of a list; `_` stands for a space in them.
pub(crate) fn words(list: &'static str) -> impl Iterator<Item = String> {
    list.split_ascii_whitespace().map(|word| word.replace('_', " "))
}
