//! Names of authors, told apart: people as indexes print them (`de Souza TPB`), and bodies (`World Health Organization`).
//!
//! Never invents a given name: initials stay initials.

/// More letters than this after a family name are a word and not initials.
const MOST_INITIALS: usize = 4;

/// What stands in exported lists of authors for those that were not seen.
pub(super) const OTHERS: &str = "others";

/// One author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// A person.
    Person {
        /// Words in small letters before the family name, such as `de` or `van der`.
        particle: String,
        /// Family name.
        family: String,
        /// Initials with full stops, `C. A.`; empty where none were printed.
        given: String,
        /// `Jr`, `3rd`.
        suffix: String,
    },
    /// An organisation, whole.
    Body(String),
}

/// The authors, and whether the list says itself that it goes on.
pub(super) fn all<'a>(authors: impl Iterator<Item = &'a str>) -> (Vec<Name>, bool) {
    let mut goes_on = false;
    let names = authors.filter(|author| {
        let others = [OTHERS, "et al.", "et al"].contains(author);
        goes_on |= others;
        !others
    });
    (names.map(Name::new).collect(), goes_on)
}

impl Name {
    /// Reads a name as records print it.
    pub(super) fn new(text: &str) -> Self {
        let body = || Self::Body(text.split_whitespace().collect::<Vec<_>>().join(" "));
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let suffix = match words.as_slice() {
            [_, initials, last] if is_suffix(last) && is_initials(initials) => words.pop(),
            [.., initials, last] if is_suffix(last) && is_initials(initials) => words.pop(),
            _ => None,
        };
        let (given, family) = match words.as_slice() {
            // A lone word is a family name, unless it is an abbreviation.
            [word] if word.chars().any(char::is_lowercase) => ("", words.as_slice()),
            [family @ .., given] if !family.is_empty() && is_initials(given) => (*given, family),
            _ => return body(),
        };
        let begins_small = |word: &&str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
        let particles = family.iter().take(family.len() - 1).take_while(|word| begins_small(word)).count();
        let (particle, family) = family.split_at(particles);
        Self::Person {
            particle: particle.join(" "),
            family: family.join(" ").trim_end_matches(',').to_owned(),
            given: dotted(given),
            suffix: suffix.unwrap_or_default().to_owned(),
        }
    }
}

fn is_suffix(word: &str) -> bool {
    matches!(word.trim_end_matches('.'), "Jr" | "Sr" | "2nd" | "3rd" | "4th" | "II" | "III" | "IV")
}

/// `CA`, `J-P`, `C.A.`
fn is_initials(word: &str) -> bool {
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    (1..=MOST_INITIALS).contains(&letters) && word.chars().all(|letter| letter.is_uppercase() || ".-".contains(letter))
}

/// `CA` to `C. A.`: written together, most tools would take it for one name and print `C.`.
fn dotted(initials: &str) -> String {
    let mut given = String::new();
    for letter in initials.chars().filter(|&letter| letter != '.') {
        if letter == '-' {
            given.push('-');
            continue;
        }
        if !given.is_empty() && !given.ends_with('-') {
            given.push(' ');
        }
        given.push(letter);
        given.push('.');
    }
    given
}

#[cfg(test)]
mod tests {
    use super::{Name, all};

    fn person(text: &str) -> [String; 4] {
        match Name::new(text) {
            Name::Person { particle, family, given, suffix } => [particle, family, given, suffix],
            Name::Body(name) => panic!("{name} is no body"),
        }
    }

    #[test]
    fn people_have_parts() {
        assert_eq!(person("Moyer CA"), ["", "Moyer", "C. A.", ""]);
        assert_eq!(person("de Souza TPB"), ["de", "Souza", "T. P. B.", ""]);
        assert_eq!(person("van der Wal J-P"), ["van der", "Wal", "J.-P.", ""]);
        assert_eq!(person("Di Battista AP"), ["", "Di Battista", "A. P.", ""]);
        assert_eq!(person("Janse de Jonge X"), ["", "Janse de Jonge", "X.", ""]);
        assert_eq!(person("Nordin NAMM"), ["", "Nordin", "N. A. M. M.", ""]);
        assert_eq!(person("Đorđević Š"), ["", "Đorđević", "Š.", ""]);
        assert_eq!(person("Smith, J. Jr"), ["", "Smith", "J.", "Jr"]);
        assert_eq!(person("Kukimoto"), ["", "Kukimoto", "", ""]);
    }

    #[test]
    fn bodies_stay_whole() {
        for name in
            ["World Health Organization", "NHMRC", "MSD Manual", "Royal Dutch Society for Physical Therapy (KNGF)"]
        {
            assert_eq!(Name::new(name), Name::Body(name.to_owned()));
        }
    }

    #[test]
    fn others_are_no_name() {
        let (names, goes_on) = all(["Li", "et al."].into_iter());
        assert_eq!((names.len(), goes_on), (1, true));
    }
}
