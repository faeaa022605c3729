//! Copy to check, made from a fixed seed: the same bytes on every machine. About a quarter of the sentences claim something
//! about health; the rest is what such pages say otherwise.

/// A small generator of numbers (xorshift), so that nothing has to be downloaded to repeat a figure.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % most
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }
}

const SUBJECTS: &[&str] = &[
    "Our massage",
    "A Swedish massage",
    "Deep tissue work",
    "Reflexology",
    "This treatment",
    "Hot stone massage",
    "Every session",
    "Lymphatic drainage",
    "A single hour with us",
    "Aromatherapy massage",
    "Our signature ritual",
    "Regular bodywork",
];
const SURELY: &[&str] = &["", "", "", "", "may ", "can ", "could ", "is proven to ", "will ", "probably ", "helps to "];
const EFFECTS: &[&str] = &[
    "relieve back pain",
    "reduce stress and anxiety",
    "lower cortisol",
    "boost your immune system",
    "flush toxins from your muscles",
    "improve circulation",
    "ease tension headaches",
    "lower blood pressure",
    "improve sleep",
    "release endorphins",
    "reduce muscle soreness after sport",
    "speed up recovery",
    "balance your hormones",
    "heal old injuries",
    "relieve the pain of arthritis",
    "calm the nervous system",
    "break down scar tissue",
    "fight depression",
];
const TAILS: &[&str] = &[
    "",
    "",
    "",
    " within minutes",
    " for good",
    " in some people",
    ", and you feel it at once",
    " after the first visit",
    " a little, for a short time",
    " - naturally",
    ", even when nothing else worked",
    ", according to our clients",
];
const OPENINGS: &[&str] = &[
    "An hour costs",
    "The long session takes",
    "A gift card is worth",
    "The ten-visit card saves",
    "Parking nearby costs",
    "The set with two oils is sold for",
];
const AMOUNTS: &[&str] =
    &["45 euros", "60 euros", "85 euros", "ninety minutes", "two hours", "a small fee", "120 dollars"];
const PEOPLE: &[&str] = &[
    "Our therapist",
    "Maria",
    "The team at the desk",
    "Everybody here",
    "The owner",
    "Jonas, who joined us last year,",
    "A trainee",
];
const DOINGS: &[&str] = &[
    "trained for two years in the north",
    "works on Tuesdays and Fridays",
    "speaks three languages",
    "keeps the rooms warm and the music quiet",
    "will call you the day before",
    "chooses the oil together with you",
    "likes to explain each step",
    "worked on ships before",
    "takes bookings by telephone",
];
const PLACES: &[&str] = &[
    "behind the station",
    "in the old mill by the river",
    "on the second floor, with a lift",
    "next to the bakery",
    "opposite the town hall",
    "ten minutes from the motorway",
];
const PLAIN: &[&str] = &[
    "Please arrive ten minutes early so that there is time for the form",
    "Strokes run from the shoulder to the hip and back, as firm as you like",
    "The bell is the one with the blue label",
    "You can move a booking until noon of the day before",
    "Towels, slippers and tea are ready for you",
    "Wear what you like; you undress as far as you are comfortable",
    "We use almond oil, and a neutral cream if nuts do not agree with you",
    "Gift cards are printed on thick paper and sent by post",
    "There is no minimum number of visits, and you can stop whenever you like",
    "The shop is open while you wait",
    "Do you have a question about your first visit?",
    "Children are welcome in the waiting room",
];

/// One sentence without its closing mark and space.
fn sentence(dice: &mut Dice, text: &mut String) {
    match dice.below(8) {
        // A quarter: subject, how surely, effect, tail.
        0 | 1 => {
            let surely = dice.pick(SURELY);
            text.push_str(dice.pick(SUBJECTS));
            text.push(' ');
            text.push_str(surely);
            let effect = dice.pick(EFFECTS);
            let (verb, object) = effect.split_once(' ').unwrap_or((effect, ""));
            text.push_str(verb);
            if matches!(surely, "" | "probably ") {
                text.push_str(if verb.ends_with('h') { "es" } else { "s" });
            }
            text.push(' ');
            text.push_str(object);
            text.push_str(dice.pick(TAILS));
        }
        2 | 3 => {
            text.push_str(dice.pick(OPENINGS));
            text.push(' ');
            text.push_str(dice.pick(AMOUNTS));
        }
        4 | 5 => {
            text.push_str(dice.pick(PEOPLE));
            text.push(' ');
            text.push_str(dice.pick(DOINGS));
        }
        6 => {
            text.push_str("You find us ");
            text.push_str(dice.pick(PLACES));
        }
        _ => text.push_str(dice.pick(PLAIN)),
    }
    if !text.ends_with('?') {
        text.push(if dice.below(20) == 0 { '!' } else { '.' });
    }
}

/// Markdown of at least `bytes` bytes: headings, paragraphs, lists, emphasis and links.
pub(crate) fn markdown(seed: u64, bytes: usize) -> String {
    let mut dice = Dice::new(seed);
    let mut text = String::with_capacity(bytes + 1024);
    while text.len() < bytes {
        match dice.below(12) {
            0 => {
                text.push_str("## ");
                text.push_str(dice.pick(SUBJECTS));
                text.push_str("\n\n");
            }
            1 => {
                for _ in 0..3 + dice.below(3) {
                    text.push_str("- ");
                    sentence(&mut dice, &mut text);
                    text.push('\n');
                }
                text.push('\n');
            }
            2 => {
                text.push_str("[Book **your hour** now](https://example.org/book), and we confirm it the same day.\n\n")
            }
            _ => {
                for _ in 0..2 + dice.below(5) {
                    sentence(&mut dice, &mut text);
                    text.push(' ');
                }
                text.push_str("\n\n");
            }
        }
    }
    text
}
