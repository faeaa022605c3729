//! What the elements and attributes of HTML mean for reading copy.

use super::BlockKind;

/// What a tag does to the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing: `<b>mass</b>age` is one word.
    Inline,
    /// Words before and after belong to different blocks.
    Break,
    /// Words before and after are two words.
    Space,
    /// The line ends.
    LineBreak,
    /// It decides how all words up to its end are read.
    Opens(Element),
}

/// An element that decides how the words in it are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    Title,
    Heading,
    List,
    Item,
    Table,
    Cell,
    Quote,
    /// `<q>`, which browsers show between quotation marks.
    Quotation,
    Button,
    Link,
    /// Code inside a sentence.
    Code,
    /// What is no copy: scripts, styles, drawings.
    Silent,
    /// What is no copy and parts blocks.
    Listing,
    /// A script that holds data for search engines.
    JsonLd,
    /// Copy, though the tokenizer gives it as one string.
    Noscript,
}

impl Element {
    /// The kind of block that its words are.
    pub(super) const fn kind(self) -> Option<BlockKind> {
        match self {
            Self::Title => Some(BlockKind::Title),
            Self::Heading => Some(BlockKind::Heading),
            Self::Item => Some(BlockKind::ListItem),
            Self::Cell => Some(BlockKind::TableCell),
            Self::Quote => Some(BlockKind::Quote),
            Self::Button => Some(BlockKind::Button),
            _ => None,
        }
    }

    pub(super) const fn is_silent(self) -> bool {
        matches!(self, Self::Silent | Self::Listing | Self::Code)
    }

    /// Whether it starts and ends a block.
    pub(super) const fn is_block(self) -> bool {
        self.kind().is_some() || matches!(self, Self::List | Self::Table | Self::Listing | Self::Noscript)
    }

    /// The element that its end tag does not reach through.
    pub(super) const fn barrier(self) -> Option<Self> {
        match self {
            Self::Item => Some(Self::List),
            Self::Cell => Some(Self::Table),
            _ => None,
        }
    }
}

/// What a tag of this name, in lower case, does.
pub(super) fn role(name: &[u8]) -> Role {
    match name {
        b"title" => Role::Opens(Element::Title),
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"summary" => Role::Opens(Element::Heading),
        b"ul" | b"ol" | b"menu" | b"dl" => Role::Opens(Element::List),
        b"li" | b"dt" | b"dd" => Role::Opens(Element::Item),
        b"table" => Role::Opens(Element::Table),
        b"td" | b"th" => Role::Opens(Element::Cell),
        b"blockquote" => Role::Opens(Element::Quote),
        b"q" => Role::Opens(Element::Quotation),
        b"button" => Role::Opens(Element::Button),
        b"a" => Role::Opens(Element::Link),
        b"code" | b"kbd" | b"samp" | b"var" | b"tt" => Role::Opens(Element::Code),
        b"script" | b"style" | b"textarea" | b"iframe" | b"noembed" | b"noframes" | b"svg" | b"math" => {
            Role::Opens(Element::Silent)
        }
        b"pre" | b"listing" | b"xmp" => Role::Opens(Element::Listing),
        b"noscript" => Role::Opens(Element::Noscript),
        b"br" => Role::LineBreak,
        b"input" | b"select" | b"option" | b"optgroup" | b"datalist" | b"video" | b"audio" | b"object" | b"canvas"
        | b"embed" => Role::Space,
        b"address" | b"article" | b"aside" | b"body" | b"caption" | b"center" | b"col" | b"colgroup" | b"details"
        | b"dialog" | b"dir" | b"div" | b"fieldset" | b"figcaption" | b"figure" | b"footer" | b"form" | b"frameset"
        | b"head" | b"header" | b"hgroup" | b"hr" | b"html" | b"legend" | b"main" | b"nav" | b"p" | b"search"
        | b"section" | b"tbody" | b"template" | b"tfoot" | b"thead" | b"tr" => Role::Break,
        _ => Role::Inline,
    }
}

/// An attribute that is copy or says whether another one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    /// Stands for what is seen: `alt`, `title`, `aria-label`, `placeholder`.
    Alternative,
    Content,
    Value,
    /// `type`, `name`, `property`, `itemprop`.
    Says,
}

impl Attribute {
    /// The attribute of this name, in lower case.
    pub(super) fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"alt" | b"title" | b"aria-label" | b"aria-description" | b"placeholder" => Self::Alternative,
            b"content" => Self::Content,
            b"value" => Self::Value,
            b"type" | b"name" | b"property" | b"itemprop" => Self::Says,
            _ => return None,
        })
    }
}

/// The kind of the words in an attribute.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextOf(pub(super) BlockKind);

impl TextOf {
    /// What the `content` of a `<meta>` with these values is.
    pub(super) fn meta(says: &[u8]) -> Option<Self> {
        let kind = says.split(|&byte| byte == b' ').find_map(|word| {
            Some(match word {
                b"description" | b"og:description" | b"twitter:description" => BlockKind::Description,
                b"og:title" | b"twitter:title" | b"headline" => BlockKind::Title,
                b"og:image:alt" | b"twitter:image:alt" => BlockKind::AltText,
                _ => return None,
            })
        });
        kind.map(Self)
    }

    /// What the `value` of an `<input>` with these values is.
    pub(super) fn input(says: &[u8]) -> Option<Self> {
        let is_button = says.split(|&byte| byte == b' ').any(|word| matches!(word, b"submit" | b"button" | b"reset"));
        is_button.then_some(Self(BlockKind::Button))
    }
}
