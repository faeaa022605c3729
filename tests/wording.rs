//! The base proves its own wording: what it offers for publication passes the checker, what it lists as overclaims fires.
#![cfg(feature = "check")]

use std::path::Path;

use evidence_claims::{Checker, Claim, Database, Diagnostic, Document, NoteKind, Severity};
use snapshot::difference;

#[allow(dead_code)]
#[path = "corpus/snapshot.rs"]
mod snapshot;

fn serious(found: &[Diagnostic]) -> Vec<&Diagnostic> {
    found.iter().filter(|diagnostic| diagnostic.severity() > Severity::Note).collect()
}

#[test]
fn every_honest_sentence_is_silent() {
    let db = Database::builtin();
    let checker = Checker::new(db);
    let mut failures = Vec::new();
    for claim in db.claims() {
        let page = Document::plain(claim.honest());
        let found = checker.check(&page);
        for diagnostic in serious(&found) {
            failures.push(format!(
                "{}: {} at `{}` in: {}",
                claim.id(),
                diagnostic.rule(),
                diagnostic.span().of(page.text()),
                claim.honest()
            ));
        }
    }
    assert!(failures.is_empty(), "{} honest sentences are flagged:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_overclaim_fires() {
    let db = Database::builtin();
    let checker = Checker::new(db);
    let mut failures = Vec::new();
    let mut count = 0;
    for claim in db.claims() {
        for overclaim in claim.overclaims().chain(claim.marketing()) {
            count += 1;
            // As a list item, where fragments stand in real copy.
            let found = checker.check(&Document::markdown(format!("- {overclaim}\n")));
            if serious(&found).is_empty() {
                failures.push(format!("{}: {overclaim}", claim.id()));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {count} overclaims are missed:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn most_overclaims_of_the_five_first_topics_name_their_own_claim() {
    let db = Database::builtin();
    let checker = Checker::new(db);
    let five = [
        "circulation",
        "blood-pressure",
        "lymph",
        "endorphins",
        "oxytocin-serotonin",
        "immunity",
        "cortisol",
        "autonomic",
    ];
    let mut other = Vec::new();
    let mut count = 0;
    for claim in db.claims().filter(|claim| five.contains(&claim.topic())) {
        for overclaim in claim.overclaims() {
            count += 1;
            let found = checker.check(&Document::markdown(format!("- {overclaim}\n")));
            if !serious(&found).iter().any(|diagnostic| diagnostic.claim() == Some(claim.id())) {
                other.push(format!(
                    "{}: {overclaim} -> {:?}",
                    claim.id(),
                    found.iter().map(|d| (d.rule(), d.claim())).collect::<Vec<_>>()
                ));
            }
        }
    }
    assert!(other.is_empty(), "{} of {count}:\n{}", other.len(), other.join("\n"));
}

/// Ways to put a listed overclaim.
const TURNS: [fn(&str) -> String; 6] = [
    |said| format!("- {said}\n"),
    |said| format!("Massage may {said}.\n"),
    |said| format!("Massage can dramatically {said}, clients say.\n"),
    |said| format!("# {said}\n"),
    |said| format!("Studies show that massage probably {said} and cures insomnia.\n"),
    |said| format!("Massage does not {said}.\n"),
];

/// Each finding in brief: how bad, the initials of its rule, how many others it took up, how many words it has, and its claim, `*`
/// for the one that lists the words.
#[test]
fn how_a_listed_overclaim_is_judged_changes_only_where_somebody_looks() {
    let checker = Checker::new(Database::builtin());
    let mut now = String::new();
    for claim in Database::builtin().claims() {
        now += &format!("{}\n", claim.id());
        for overclaim in claim.overclaims().chain(claim.marketing()) {
            let cells = TURNS.iter().map(|turn| {
                let page = Document::markdown(turn(overclaim));
                let found = checker.check(&page);
                let found = found.iter().map(|found| {
                    let about = match found.claim() {
                        Some(id) if id == claim.id() => "*",
                        other => other.unwrap_or_default(),
                    };
                    let also = found.notes().iter().filter(|note| note.kind == NoteKind::Also).count();
                    let words = found.span().of(page.text()).split_whitespace().count();
                    format!("{}{}+{also}:{words}{about}", &found.severity().to_string()[..1], initials(found.rule()))
                });
                found.collect::<Vec<_>>().join(" ")
            });
            now += &format!("  {overclaim} | {}\n", cells.collect::<Vec<_>>().join(" | "));
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wording.turns");
    let different = difference(&file, &now).unwrap_or_default();
    assert!(different.is_empty(), "not as written down (BLESS=1 accepts):\n{different}");
}

/// The first letters of the words of a rule's name.
fn initials(rule: &str) -> String {
    rule.split('-').filter_map(|word| word.chars().next()).collect()
}

#[test]
fn words_of_copy_stay_silent_in_their_ordinary_senses() {
    let checker = Checker::new(Database::builtin());
    let ordinary = [
        "Iron out the creases in the towels.",
        "We reset the room between clients.",
        "We close the door on time so that nobody disturbs you.",
        "The class is a ticket to meet people.",
        "The gown was made for people with broad shoulders.",
        "Please fill the pain form out.",
        "Take the stress workbook away and read it at home.",
        "Write your pain story out for us.",
        "Tell the therapist about pain right away.",
        "With flu, stay away.",
        "The back pain evening has sold out.",
        "Headaches turn out to have many causes.",
        "The swelling was out of all proportion.",
        "Stress is out of fashion as a topic.",
        "Inflammation is out; longevity is in, says the magazine.",
        "A scan can rule cancer out.",
        "Draw the curtains and keep the cold out.",
        "Interrupt me if you feel pain.",
        "Clean hands guard you against infection.",
        "Soap weakens viruses.",
        "We declare war on jargon about inflammation.",
        "We weeded out old posters on cellulite.",
        "Nobody can defy ageing.",
        "You may arrive stiff and leave just as stiff.",
        "Joints move more freely for an hour or so after a massage, and then stiffen again.",
        "People who sleep enough remember better.",
        "Walk more for a stronger heart.",
        "Wear loose clothes so you can move freely.",
        "Drink water so that your kidneys can work.",
        "Book now, sleep on it, and cancel free of charge.",
        "You will be back at your desk in an hour.",
        "Not everyone sleeps like a log afterwards.",
        "Nobody ages backwards.",
        "Bookings are up by 20% this year.",
        "The waiting list is down by half.",
        "Pain scores were down by 10% at one week, about the same as with rest.",
        "There is no reset button for the nervous system.",
        "Creams that turn back the clock do not exist.",
        "A quarter of the headaches in the study went away by themselves.",
        "Stress is our business, says the debt charity.",
        "There is no faster way to recovery than time.",
        "You will wonder where the back door is; ring the bell.",
        "The pain talk ends here at eight.",
        "Back pain? Write it down and call us.",
        "Neck pain? It's gone up the priority list of the health service.",
        "Pain in the left arm can mean a heart attack: call an ambulance.",
        "The risk is small, but it is not nil.",
        "Reflexologists believe that each point is linked to an organ; anatomy knows no such link.",
        "Don't hold off on surgery that your doctor advises.",
        "My baby turned one in June.",
        "Hippocrates wrote that a physician should know rubbing.",
        "You have our word that your notes stay private.",
        "Swollen ankles can point to heart trouble, so see your doctor.",
        "A rash means stop.",
        "If it hurts, it's too much.",
        "Every missed appointment costs us, so please give a day's notice.",
        "We can't read your organs through your feet, and nobody can.",
        "Give your guests a break with a voucher.",
        "Lack of research is a reason for modest words.",
        "An X-ray can find what our hands can't.",
        "Any age, any size: our gowns fit.",
        "Pain is not stored memory.",
        "The marks are bruises, not toxins.",
        "Tell us if you have arrhythmias, AFib or a heart murmur before you book.",
        "A torn rotator cuff needs a physiotherapist, not a masseur.",
        "Conjunctivitis is catching, so stay home until your eyes are clear.",
        "Epilepsy is treated by a neurology team.",
        "My dodgy ankle kept me home last week, so classes are moved.",
        "We no longer say that massage removes microplastics, because there's nothing behind it.",
        "One small trial measured C-reactive protein and TNF-alpha and found no change.",
        "Long strokes, short strokes, and strokes in circles: you'll learn them all.",
        "Creaky knees welcome, and so are grumpy ones.",
        "The hairdresser's back door leads to the car park.",
        "Pregnancy-related problems should be discussed with your midwife.",
        "Restricted movement after a fall should be X-rayed.",
        "Researchers asked whether massage affects telomere length. They do not know yet.",
        "Most neck pain improves within a few weeks.",
        "Scars fade over a year or two.",
        "Her headaches stopped when she changed jobs.",
        "My knees improved when I started cycling.",
        "There is a story going round that massage flushes toxins.",
        "We were asked to remove the sentence about cellulite.",
        "I'd love to promise you better sleep.",
        "Clear it with your midwife first.",
        "Fat is lost by eating less.",
        "The association forbids its members to claim cures.",
        "You will read on some websites that massage drains toxins.",
        "If a massage could cure arthritis, rheumatologists would be out of work.",
        "We could tell you it boosts your immunity. We'd be making it up.",
        "An older review reported large falls in cortisol, but it had made errors in the arithmetic.",
        "The immune system protects the body from infection.",
        "White blood cells fight infection.",
        "Vaccination protects against flu.",
        "Insomnia is best treated with cognitive behavioural therapy.",
        "Doctors advise walking and keeping active for back pain.",
        "Studies show that regular exercise lowers blood pressure.",
        "Arthritis wears down cartilage.",
        "Cellulite is normal and harmless.",
        "A fever helps the body fight infection.",
        "Laughter releases endorphins.",
        "Inflammation is part of healing.",
        "We clean the room between clients to prevent infection.",
        "Hands are washed before every massage to prevent the spread of flu.",
        "In this blog we look at whether massage can boost immunity.",
        "We offer lymphatic drainage and hot stones.",
        "If you want to lose weight, eat less and walk more.",
        "Energy prices have gone up, so our fees rise by two pounds in April.",
        "The receptionist will add the appointment to your Outlook calendar.",
        "Labour costs increased last year.",
        "You can wake a sleeping child gently before the lesson.",
        "Do you get cold feet before a first visit? Ring us and ask anything.",
        "We offer different grades of pressure, from light to firm.",
        "Firm pressure on tight muscles can feel uncomfortable.",
        "Long, flowing strokes follow the line of the muscle.",
        "Take the lift to the wellness floor.",
        "Some sort of pain is part of most people's week.",
        "Moderate back pain is common in office workers.",
        "We answer questions about back pain by email.",
        "Poor sleep can lead to weight gain over years.",
        "Side effects include soreness, bruising and headaches.",
        "In the trials, results for neck pain were small.",
        "We see people recovering from injuries and operations.",
        "Refresh your memory with the leaflet.",
        "Put your phone to bed in the locker.",
        "Lavender oil is added to the bath, not to the massage oil.",
        "We are passionate about wellness and train all year.",
    ];
    let alarms: Vec<&str> =
        ordinary.into_iter().filter(|copy| !serious(&checker.check(&Document::plain(*copy))).is_empty()).collect();
    assert!(alarms.is_empty(), "alarms:\n{}", alarms.join("\n"));
}

#[test]
fn claims_are_found_under_their_colloquial_names() {
    let checker = Checker::new(Database::builtin());
    let claims = [
        "Rub your migraines away.",
        "We draw toxins out through the soles.",
        "Your digestion blossoms.",
        "It de-stresses your nervous system and re-balances your hormones.",
        "Migraines no longer run your life.",
        "My sciatica packed its bags and never came back.",
        "So you sleep like a baby.",
        "You'll be back running in two weeks.",
        "Out with the toxins, in with the oxygen.",
        "Age backwards.",
        "You'll move like a dancer.",
        "Our signature hour helps you think more clearly.",
        "You'll move more freely for good.",
        "A healthier liver, one stroke at a time.",
        "The stress kill switch.",
        "We don't mask arthritis, we end it.",
        "A gut-healing massage in warm oil.",
        "A spring clean for your immune system.",
        "Headaches? Two visits and they're gone.",
        "Cortisol? One hour with us and it's gone.",
        "An old Hawaiian cure.",
        "Hold off on surgery until you've tried this.",
        "Nothing is too hard for our hands.",
        "I sleep through now, every night.",
        "Even cardiologists send us their patients.",
        "Expect nothing less than a full recovery.",
        "Worth more than ten physio sessions.",
        "Each day of tension is doing silent damage.",
        "Tender points on the sole warn of disease.",
        "Head to toe, it mends the lot.",
        "A lifetime of relief from a month of massage.",
        "De-gunk your lymph.",
        "Blue light kills bacteria deep in the skin.",
        "Nature doesn't do side effects.",
        "Took my pain from a nine to a zero.",
        "Massage relieves wrist problems, hip woes and calf trouble.",
        "Say goodbye to a clicky hip and gardener's back.",
        "It calms the fight-or-flight response.",
        "Our facial gives you brighter eyes and plumper lips.",
        "Cupping sorts a dicky tummy and waterworks trouble.",
        "Massage relieves pregnancy-related complaints.",
        "It reduces restricted mobility.",
        "Massage relieves touch starvation and anhedonia.",
        "Reflexology treats hydrocephalus, uveitis and otitis media.",
        "Massage boosts mitochondrial function and autophagy.",
        "Massage raises nitric oxide and improves arterial elasticity.",
        "Her headaches stopped once she came to us.",
        "My knees improved with massage over the years.",
        "Over time massage lowers your blood pressure.",
        "Goodnight, insomnia.",
        "Migraine's kryptonite.",
        "Arthritis hates warm stones.",
        "Massage promotes lymphatic drainage.",
        "It stimulates natural lymphatic drainage.",
        "Massage helps you lose weight.",
        "Massage lowers C-reactive protein.",
        "A massage kicks digestion into high gear.",
        "Massage can undo inflammation; it undoes stress.",
        "Crook backs and crook knees respond well to remedial massage.",
        "Our rubdown takes the edge off period cramps.",
        "Cupping zaps knots and dodgy backs.",
        "Say ta-ta to tech neck.",
        "Knocks DOMS on the head.",
        "Chair massage slashes sick days and lifts morale.",
        "Reflexology is a godsend for IBS.",
        "Gua sha gives you a snatched jawline.",
        "Restores hormone balance.",
        "Brain fog lifts after a head massage.",
        "Melts inches off your waist.",
        "It brings down milk corrosive in the muscles.",
        "A rub-down treatment soothes the frightened nerves organization.",
        "Decades of data leave little doubt.",
    ];
    let missed: Vec<&str> =
        claims.into_iter().filter(|copy| serious(&checker.check(&Document::plain(*copy))).is_empty()).collect();
    assert!(missed.is_empty(), "missed:\n{}", missed.join("\n"));
}

#[allow(dead_code)]
fn topic(claim: Claim<'_>) -> &str {
    claim.topic()
}
