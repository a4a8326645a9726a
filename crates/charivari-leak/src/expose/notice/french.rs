//! The drafts in French.

use std::fmt::Write as _;

use super::super::Exposure;
use super::super::deadline::Deadline;
use super::super::severity::Band;
use super::{list, number, words};

const AID: &str = "> **Projet.** Rédigé par un programme, comme aide ; ce n’est pas un conseil juridique. \
Complétez chaque blanc, vérifiez chaque phrase, faites relire par la personne chargée de la protection des \
données, puis supprimez cette ligne.\n";

const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

fn day(date: jiff::civil::Date) -> String {
    let first = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
    let month = usize::try_from(date.month()).unwrap_or(1);
    format!("{first} {} {}", MONTHS[(month - 1) % 12], date.year())
}

fn clock(zoned: &jiff::Zoned) -> String {
    let weekday = usize::try_from(zoned.weekday().to_monday_zero_offset()).unwrap_or(0);
    let time = zoned.strftime("%H h %M (UTC%:z)");
    format!("{} {}, {time}", DAYS[weekday % 7], day(zoned.date()))
}

pub(super) fn authority(exposure: &Exposure, deadline: Option<&Deadline>) -> String {
    let mut out = format!(
        "# Notification d’une violation de données à caractère personnel à l’autorité de contrôle\n\n{AID}\n\
         Article 33 du règlement (UE) 2016/679 (RGPD).\n\n\
         - Responsable du traitement : [À COMPLÉTER : nom, adresse, numéro d’immatriculation]\n\
         - Autorité : [À COMPLÉTER : l’autorité de l’établissement principal, en France la CNIL]\n\
         - Type de notification : [À COMPLÉTER : complète / initiale / complémentaire au numéro …]\n\n"
    );
    time(&mut out, deadline);
    nature(&mut out, exposure, deadline);
    out.push_str(
        "## Article 33, paragraphe 3, point b) : contact\n\n\
         - Délégué à la protection des données ou autre point de contact : [À COMPLÉTER : nom]\n\
         - Téléphone, courriel, horaires : [À COMPLÉTER]\n\n",
    );
    consequences(&mut out, exposure);
    out.push_str(
        "## Article 33, paragraphe 3, point d) : mesures\n\n\
         Prises : [À COMPLÉTER : accès fermé, mots de passe et clés changés, sous-traitants interrogés, \
         plainte déposée le …]\n\n\
         Envisagées, y compris pour atténuer les conséquences :\n\n\
         - [À COMPLÉTER : personnes prévenues, dans l’ordre du risque, le …]\n\
         - [À COMPLÉTER : police prévenue pour les personnes en danger, le …]\n\
         - [À COMPLÉTER : retrait demandé à …]\n\n\
         ## Article 34 : communication aux personnes concernées\n\n\
         [À COMPLÉTER : faite le … / prévue le … / non faite, parce que …]\n\n\
         ## Article 33, paragraphe 4 : ce qui suivra\n\n\
         Ce qui n’est pas encore connu sera communiqué de manière échelonnée, sans autre retard indu :\n\n\
         - [À COMPLÉTER : comment les données ont été prises, et depuis quand]\n\
         - [À COMPLÉTER : si les lignes publiées sont tout ce qui a été pris]\n\
         - [À COMPLÉTER : quels sous-traitants détenaient une copie]\n\n\
         ## Article 33, paragraphe 5 : registre\n\n\
         La violation, ses effets et les mesures prises sont consignés sous le numéro [À COMPLÉTER].\n",
    );
    out
}

fn time(out: &mut String, deadline: Option<&Deadline>) {
    out.push_str("## Article 33, paragraphe 1 : délai\n\n");
    let Some(deadline) = deadline else {
        out.push_str(
            "- Connaissance de la violation : [À COMPLÉTER : jour, heure, fuseau]\n\
             - Fin des 72 heures : [À COMPLÉTER]\n\
             - Au-delà de 72 heures, motifs du retard : [À COMPLÉTER]\n\n",
        );
        return;
    };
    // Writing to a string does not fail.
    let _ = writeln!(out, "- Connaissance de la violation : {}", clock(&deadline.known_since));
    if deadline.from_a_day {
        out.push_str("  [À COMPLÉTER : l’heure ; seul le jour a été donné, son premier instant est retenu]\n");
    }
    let _ = writeln!(out, "- Fin des 72 heures : {}", clock(&deadline.authority_by));
    if deadline.has_weekend {
        out.push_str("  Une fin de semaine tombe dans ce délai et ne le suspend pas.\n");
    }
    if let Some(leaked) = deadline.leaked_on {
        let _ = writeln!(out, "- Publication des données : {}", day(leaked));
    }
    if deadline.is_late() {
        out.push_str(
            "- **Les 72 heures sont passées.** Notifiez quand même, sans attendre, avec les motifs du \
             retard : [À COMPLÉTER : ce qui a été remarqué, quand et par qui, pourquoi il n’était pas clair \
             que des données personnelles étaient en cause, ce qui a été fait entre-temps]\n",
        );
    }
    out.push('\n');
}

fn nature(out: &mut String, exposure: &Exposure, deadline: Option<&Deadline>) {
    let published = deadline
        .and_then(|deadline| deadline.leaked_on)
        .map_or_else(|| "[À COMPLÉTER : jour]".to_owned(), |leaked| format!("le {}", day(leaked)));
    let _ = write!(
        out,
        "## Article 33, paragraphe 3, point a) : nature de la violation\n\n\
         - Ce qui s’est passé : une copie d’un de nos fichiers a été prise sans droit, et des données en ont \
         été proposées ou publiées {published}. [À COMPLÉTER : où, sous quel nom, combien]\n\
         - Type de violation : confidentialité. [À COMPLÉTER : intégrité ou disponibilité aussi ?]\n\
         - Catégories de personnes : [À COMPLÉTER : clients, abonnés, salariés, enfants …]\n\
         - Nombre approximatif de personnes : {}\n\
         - Catégories d’enregistrements : {}\n\
         - Nombre approximatif d’enregistrements : {}\n\n",
        number(exposure.people, "\u{202F}"),
        list(exposure, words::french),
        number(exposure.records, "\u{202F}"),
    );
}

/// What being in a table of a known context says, in French; the owner's own words are kept.
fn means(exposure: &Exposure) -> &str {
    match exposure.context.as_str() {
        "shop" => "un achat ordinaire",
        "public-register" => "des informations déjà publiques",
        "loyalty" => "des habitudes et des moyens",
        "employer" => "un emploi, avec ce que sait un employeur",
        "finance" => "des moyens, des dettes ou des comptes",
        "health" => "une maladie, ou un proche malade",
        "religion" => "une croyance, ou son absence",
        "politics" => "une opinion ou un parti",
        "intimate" => "la vie intime",
        "threatened-publication" => "la lecture d’une publication dont on a tué les auteurs",
        "protected-people" => "une personne qui se cache ou ne doit pas être connue",
        _ => &exposure.context_means,
    }
}

fn consequences(out: &mut String, exposure: &Exposure) {
    let severity = exposure.severity;
    let _ = write!(
        out,
        "## Article 33, paragraphe 3, point c) : conséquences probables\n\n\
         Ce que la présence dans ce fichier dit de chacun : {}.\n\n\
         Gravité selon la méthode de l’ENISA (2013) : {} × {} + {} = {}, {} (données dans leur contexte × \
         facilité d’identification + circonstances).\n\n",
        means(exposure),
        comma(severity.dpc),
        comma(severity.ei),
        comma(severity.cb),
        comma(severity.se),
        band(severity.band),
    );
    for one in exposure.bands.iter().rev().filter(|it| it.records != Some(0)) {
        let shown = count(one.records);
        let _ = writeln!(out, "- Enregistrements à risque {} : {shown}", band(one.band));
    }
    out.push_str("\n[À COMPLÉTER : menaces proférées, et qui elles visent]\n\n");
}

fn comma(value: f64) -> String {
    value.to_string().replace('.', ",")
}

fn band(band: Band) -> &'static str {
    match band {
        Band::Low => "faible",
        Band::Medium => "moyen",
        Band::High => "élevé",
        Band::VeryHigh => "très élevé",
    }
}

fn count(records: Option<u64>) -> String {
    records.map_or_else(
        || "non indiqué, pour ne désigner personne".to_owned(),
        |it| number(it, "\u{202F}"),
    )
}

pub(super) fn people(exposure: &Exposure, deadline: Option<&Deadline>) -> String {
    let published = deadline
        .and_then(|deadline| deadline.leaked_on)
        .map_or_else(|| "[À COMPLÉTER : jour]".to_owned(), day);
    let mut out = format!(
        "# Vos données ont été publiées\n\n{AID}\n\
         Article 34 du règlement (UE) 2016/679 (RGPD). Envoyez ce message seul, sans lettre d’information ; \
         aux personnes en danger, pas sous un nom qui les met en danger.\n\n\
         Madame, Monsieur [À COMPLÉTER],\n\n\
         ## Ce qui s’est passé (article 34, paragraphe 2 : nature de la violation)\n\n\
         Une copie d’un fichier où se trouvent des données vous concernant a été prise sans aucun droit. Le \
         {published}, des données de ce fichier ont été proposées ou publiées. [À COMPLÉTER : où ; sans lien]\n\n\
         Le fichier contient : {}. [À COMPLÉTER : ce qui concerne cette personne]\n\n\
         ## À qui vous adresser (article 33, paragraphe 3, point b)\n\n\
         [À COMPLÉTER : délégué à la protection des données ou autre contact, téléphone, courriel, horaires]\n\n\
         ## Ce que cela peut signifier pour vous (article 33, paragraphe 3, point c)\n\n",
        list(exposure, words::french),
    );
    for line in meaning(exposure) {
        let _ = writeln!(out, "- {line}");
    }
    out.push_str(
        "\n## Ce que nous faisons et ce que vous pouvez faire (article 33, paragraphe 3, point d)\n\n\
         Nous avons : [À COMPLÉTER : fermé l’accès, prévenu l’autorité le …, porté plainte le …]\n\n\
         Vous pouvez :\n\n\
         - ne donner ni données ni argent à qui écrit ou appelle avec ce qu’il sait de vous ;\n\
         - garder les menaces telles quelles, avec leur heure, et les signaler : [À COMPLÉTER : police, 17]\n\
         - en cas de danger, appeler le [À COMPLÉTER : 17 ou 112], puis nous ;\n\
         - ne pas chercher les données publiées, et ne pas les transmettre.\n",
    );
    if exposure.kinds.contains(&crate::Kind::Password) {
        out.push_str(
            "- Changez votre mot de passe chez nous, et partout où vous utilisez le même.\n",
        );
    }
    if exposure.kinds.iter().any(|kind| matches!(kind, crate::Kind::Iban | crate::Kind::Card)) {
        out.push_str("- Vérifiez votre compte, et prévenez votre banque.\n");
    }
    out.push_str(
        "\nVous pouvez introduire une réclamation auprès de l’autorité de contrôle : [À COMPLÉTER : nom et \
         adresse, en France la CNIL]\n\n[À COMPLÉTER : signataire]\n",
    );
    out
}

fn meaning(exposure: &Exposure) -> Vec<&'static str> {
    use crate::Kind;
    let has = |kinds: &[Kind]| kinds.iter().any(|kind| exposure.kinds.contains(kind));
    let mut lines = Vec::new();
    if exposure.severity.band >= Band::High {
        lines.push("D’autres peuvent apprendre que vous figurez dans ce fichier, et ce que cela dit de vous.");
    }
    if has(&[Kind::Street, Kind::PostalAddress]) {
        lines.push("Quelqu’un peut savoir où vous habitez, y venir ou vous y écrire.");
    }
    if has(&[Kind::Email, Kind::Phone]) {
        lines.push(
            "Vous pouvez recevoir de faux messages et appels, aussi en notre nom, ou des menaces.",
        );
    }
    if has(&[Kind::Password]) {
        lines.push("Quelqu’un peut essayer votre mot de passe ailleurs.");
    }
    if has(&[Kind::Iban, Kind::Card]) {
        lines.push("Quelqu’un peut tenter de vous prendre de l’argent.");
    }
    if has(&[Kind::NationalId, Kind::BirthDate]) {
        lines.push("Quelqu’un peut se faire passer pour vous.");
    }
    lines
}
