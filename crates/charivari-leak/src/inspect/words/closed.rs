//! Lists that are closed by nature: countries, sexes, days and months, the words of switches.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Countries by name in several languages and by code, without accents and in lower case.
const COUNTRIES: &str = "france allemagne germany deutschland frankreich united_kingdom royaume-uni \
grossbritannien great_britain england uk espagne spain spanien espana italie italy italien italia belgique \
belgium belgien suisse switzerland schweiz autriche austria osterreich pays-bas netherlands niederlande \
luxembourg luxemburg portugal irlande ireland irland pologne poland polen danemark denmark danemark suede \
sweden schweden norvege norway norwegen finlande finland finnland grece greece griechenland turquie turkey \
turkei russie russia russland ukraine iran irak iraq maroc morocco marokko algerie algeria algerien tunisie \
tunisia tunesien senegal canada kanada united_states etats-unis usa vereinigte_staaten mexique mexico bresil \
brazil brasilien argentine argentina chine china japon japan inde india indien australie australia australien \
israel egypte egypt agypten liban lebanon libanon tchequie czechia tschechien hongrie hungary ungarn roumanie \
romania rumanien bulgarie bulgaria bulgarien croatie croatia kroatien slovaquie slovakia slovenie slovenia \
afghanistan pakistan emirats uae qatar kuwait armenia azerbaijan georgia new_zealand south_africa danmark \
sverige norge suomi polska ایران عراق افغانستان ترکیه پاکستان آلمان فرانسه ایتالیا انگلیس بریتانیا روسیه چین \
هند امارات قطر عمان کویت سوریه لبنان آذربایجان ارمنستان آمریکا کانادا ژاپن اتریش هلند سوئد россия украина";

/// Codes of two letters that are countries' (ISO 3166-1), the ones that occur in exports.
const CODES: &str = "fr de gb uk es it be ch at nl lu pt ie pl dk se no fi gr tr ru ua ir iq ma dz tn sn ca us \
mx br ar cn jp in au il eg lb cz hu ro bg hr sk si af pk ae qa kw am az ge nz za fra deu gbr esp ita bel che \
aut nld lux prt irl pol irn irq usa can tur rus ukr mar dza tun chn jpn ind aus lt lv ee is mt cy rs ba al mk";

/// Words for a person's sex, and titles that say it.
const SEXES: &str = "m f h w x d male female man woman homme femme masculin feminin mannlich weiblich divers \
mann frau herr m. mr mr. mrs mrs. ms ms. mme mme. mlle monsieur madame mister hombre mujer masculino femenino \
maschio femmina uomo donna مرد زن آقا خانم مذکر مونث آقای خانوم nonbinary non-binary other autre diverse \
unknown мужской женский муж жен";

/// Days and months.
const CALENDAR: &str = "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun \
lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim montag dienstag mittwoch \
donnerstag freitag samstag sonntag mo di mi do fr sa so january february march april may june july august \
september october november december jan feb apr jun jul aug sep oct nov dec janvier fevrier mars avril mai \
juin juillet aout septembre octobre novembre decembre januar februar marz juni juli oktober dezember شنبه \
یکشنبه دوشنبه سهشنبه چهارشنبه پنجشنبه جمعه فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند \
lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril mayo junio julio agosto \
septiembre octubre noviembre diciembre lunedi martedi mercoledi giovedi venerdi domenica";

/// Words of switches and of states that an order or an account is in.
const STATES: &str = "true false yes no oui non ja nein y n on off active inactive actif inactif aktiv inaktiv \
pending cancelled canceled closed open suspended expired expire paid unpaid shipped delivered draft published \
new old basic premium free pro gold silver bronze trial annuel mensuel monthly yearly weekly jahrlich monatlich \
bezahlt offen geschlossen gekundigt storniert abgelaufen en_attente annule resilie suspendu paye فعال غیرفعال \
لغو معلق پرداخت بله خیر ماهانه سالانه cash card paypal visa mastercard sepa web mobile ios android email phone \
sms letter newsletter subscribed unsubscribed cleaned enabled disabled deleted archived admin user guest member \
customer subscriber standard";

/// A list that is closed by nature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closed {
    Country,
    CountryCode,
    Sex,
    Calendar,
    State,
}

impl Closed {
    /// Whether a word, made [`plain`](super::plain), stands in the list.
    pub(crate) fn has(self, plain: &str) -> bool {
        let set = &SETS[self as usize];
        if plain.contains(' ') {
            set.contains(plain.replace(' ', "_").as_str())
        } else {
            set.contains(plain)
        }
    }
}

/// The lists in the order of [`Closed`], to be asked quickly.
static SETS: LazyLock<[BTreeSet<&'static str>; 5]> = LazyLock::new(|| {
    [COUNTRIES, CODES, SEXES, CALENDAR, STATES].map(|list| list.split_ascii_whitespace().collect())
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspect::words::plain;

    #[test]
    fn words_of_closed_lists_are_known_in_several_languages() {
        for (list, word) in [
            (Closed::Country, "États-Unis"),
            (Closed::Country, "Deutschland"),
            (Closed::Country, "ایران"),
            (Closed::CountryCode, "FR"),
            (Closed::Sex, "weiblich"),
            (Closed::Sex, "مرد"),
            (Closed::Calendar, "Août"),
            (Closed::Calendar, "سه‌شنبه"),
            (Closed::State, "Aktiv"),
        ] {
            assert!(list.has(&plain(word)), "{word}");
        }
        assert!(!Closed::Calendar.has("zqxmarlo"));
    }
}
