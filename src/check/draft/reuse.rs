//! How little a draft does anew: which findings outlast an edit.

use super::Draft;
use crate::{Checker, Database, Document, Span};

/// Claims that know nothing of each other.
const CLAIMS: &str = "Massage cures insomnia.\n\nOpen all week.\n\nMassage melts fat. Massage flushes toxins.\n\nCome in.\n\nMassage heals arthritis.\n";

/// Lead-ins and their lists.
const LISTS: &str = "Help with:\n\n- no insomnia\n- no fat\n\nCome in.\n\nMassage eases:\n\n- arthritis\n- asthma\n\nWe sell:\n\n- oil\n- less stress\n";

/// A headline, limits, an answer, a disclaimer: places that are held against each other.
const PLACES: &str = "# Massage cures migraine\n\nMassage may ease neck pain a little.\n\nMassage eases neck pain.\n\nOpen.\n\nMassage may ease migraine for a day.\n\nWarm rooms.\n\nDoes massage help? Yes. Massage eases migraine.*\n\nOpen late.\n\nResults may vary. Massage is not a substitute for medical care. Massage works for everybody.\n";

/// A list in a list, whose number is higher than that of the list that goes on behind it.
const NESTED: &str = "We offer:\n\n- Massage for:\n\n  - insomnia\n\n- warm rooms\n\n- Massage cures asthma\n";

/// What becomes of each finding when `new` takes the place of `old`. It is kept, or joined anew of findings of sentences that were not
/// read again, or read; verdicts on the page are always made anew.
fn after(checker: &Checker<'_>, page: &str, old: &str, new: &str) -> String {
    let mut draft = Draft::new(checker, Document::markdown(page));
    draft.walk.found.iter_mut().for_each(|found| found.message = "joined".into());
    draft.findings.iter_mut().for_each(|found| found.message = "kept".into());
    let start = page.find(old).expect("words of the page");
    draft.edit(Span::new(start, start + old.len()), new);
    let fate = draft.findings.iter().enumerate().map(|(slot, found)| match &*found.message {
        _ if draft.verdicts.contains(&slot) => "page",
        "kept" => "kept",
        "joined" => "joined",
        _ => "read",
    });
    fate.collect::<Vec<_>>().join(" ")
}

#[test]
fn an_edit_makes_anew_what_it_touches_and_leaves_the_rest() {
    let checker = Checker::new(Database::builtin());
    for (page, edits) in [
        (
            CLAIMS,
            vec![
                ("all", "each", "kept page kept kept kept"),
                ("all week", "now", "kept page kept kept kept"),
                ("Open all week.\n\n", "", "kept page read read kept"),
                ("all", "all\n\nall", "kept page kept kept kept"),
                ("melts", "burns", "kept page read read kept"),
                ("flushes", "drains", "kept page read read kept"),
                ("cures", "heals", "read page kept kept kept"),
                ("insomnia", "asthma", "read page read read kept"),
                ("heals", "cures", "kept page kept kept read"),
                ("arthritis.", "arthritis!", "kept page kept kept read"),
                ("Massage cures insomnia.\n\n", "", "read page read kept"),
                ("Come in.", "Come in. Bring a friend.", "kept page kept kept kept"),
                ("Massage heals arthritis.\n", "", "kept page kept kept"),
                ("Massage cures", "So massage cures", "read page kept kept kept"),
                ("insomnia.", "insomnia. Ask.", "read page kept kept kept"),
                ("Open all week.", "Does massage help?", "kept page read read kept"),
                ("Open all week.", "# Open all week", "kept page read read read"),
                ("Open all week.", "Massage may ease arthritis a little.", "kept page read read read kept"),
                ("Open all week.", "Massage may melt fat a little.", "kept page read read read kept"),
                (
                    "Open all week.",
                    "Results vary. Massage is not a substitute for medical care.",
                    "read read read kept",
                ),
                ("Open all week.", "We do not:", "kept page kept kept kept"),
                ("Open", "\nOpen", "kept page kept kept kept"),
                ("Come", "- Come", "kept page kept kept kept"),
            ],
        ),
        (
            LISTS,
            vec![
                ("Help with", "We do not treat", "page kept kept kept"),
                ("Help with:\n\n", "", "page kept kept kept"),
                ("Come in.", "Come in:\n\n- now\n", "page kept kept kept"),
                ("Come in.", "- Come", "page kept kept kept"),
                ("Massage eases:\n\n", "", "kept"),
                ("Massage eases:", "Massage does not ease:", "kept"),
                ("arthritis", "eczema", "read read kept"),
                ("no insomnia", "no colds", "page kept kept kept"),
                ("no fat", "no fat\n- no gout", "page read read kept"),
                ("- no insomnia\n- no fat\n\n", "", "page read read kept"),
                ("oil", "soap", "page kept kept kept"),
                ("Come in.", "Come.", "page kept kept kept"),
                ("We sell:", "We do not sell:", "kept kept"),
                ("We sell:\n\n", "", "page kept kept read"),
            ],
        ),
        (
            PLACES,
            vec![
                ("Open.", "Open now.", "kept kept kept kept kept kept"),
                ("Open.", "Open\nnow.", "read kept kept joined kept kept"),
                ("Warm rooms", "Warm\nrooms", "read kept kept joined kept kept"),
                ("a little", "a bit", "kept joined kept kept kept kept"),
                ("for a day", "today", "kept kept read kept kept kept"),
                ("Open late.", "Open.\n\nLate.", "read kept kept kept kept kept"),
                ("Results may vary. ", "", "read kept kept kept read"),
                ("Open late.", "Open late.\n\n* for some", "read kept kept kept kept kept"),
                ("Massage may ease neck pain a little.\n\n", "", "read read kept joined kept kept"),
                ("Open.\n\n", "", "read kept read joined kept kept"),
                ("migraine for a day", "stress for a day", "kept kept read kept kept"),
                ("Does massage help? ", "", "kept kept kept read kept kept"),
                ("Yes. ", "", "kept kept kept read kept kept"),
                ("works for everybody", "helps", "read kept kept kept read"),
                ("# Massage cures", "# Massage for", "read read read read read read"),
                ("Open late.", "# Conclusion", "read kept kept kept read read"),
            ],
        ),
        (
            NESTED,
            vec![
                ("warm", "hot", "kept"),
                ("insomnia", "fibromyalgia", "read"),
                ("We offer:", "We do not offer:", ""),
                ("Massage for:", "Massage does nothing for:", "kept"),
                ("- warm", "- Towels\n\n- warm", "kept"),
                ("We offer", "Open:\n\n- now\n\nWe offer", "read"),
            ],
        ),
    ] {
        for (old, new, expected) in edits {
            assert_eq!(after(&checker, page, old, new), expected, "{old:?} becomes {new:?}");
        }
    }
}
