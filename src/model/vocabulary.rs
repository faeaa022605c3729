//! The closed vocabularies of the field and of the rules.

use super::names::names;

names! {
    /// GRADE certainty: how sure we are that the recorded result is near the truth. Ordered, and complete on purpose: the
    /// GRADE working group defines exactly these four levels.
    ///
    /// ```
    /// use evidence_claims::Certainty;
    ///
    /// assert!(Certainty::VeryLow < Certainty::Moderate);
    /// assert_eq!("very-low".parse::<Certainty>().unwrap(), Certainty::VeryLow);
    /// assert!("medium".parse::<Certainty>().unwrap_err().to_string().contains("moderate"));
    /// ```
    Certainty, "certainty" {
        /// Very little confidence; the true effect is probably substantially different.
        VeryLow = "very-low",
        /// Limited confidence; the true effect may be substantially different.
        Low = "low",
        /// Moderate confidence; the true effect is probably close.
        Moderate = "moderate",
        /// High confidence; the true effect lies close to the estimate.
        High = "high",
    }
}

names! {
    /// What the whole body of evidence says about a claim's proposition, or what one source says about it.
    #[non_exhaustive]
    Direction, "direction" {
        /// It speaks for the proposition.
        Supports = "supports",
        /// Sources disagree.
        Mixed = "mixed",
        /// Little or no difference was found.
        Null = "null",
        /// It speaks for the opposite, or refutes the proposition.
        Against = "against",
        /// No study was found that tested it.
        None = "none",
    }
}

names! {
    /// Size of the recorded result. For standardised mean differences the bands are about 0.2, 0.5 and 0.8 (Cohen); sizes of
    /// other outcomes are set against a difference that matters to people.
    #[non_exhaustive]
    Magnitude, "magnitude" {
        /// Not known, or never measured.
        Unknown = "unknown",
        /// Too small to matter.
        Trivial = "trivial",
        /// Small but noticeable.
        Small = "small",
        /// Moderate.
        Moderate = "moderate",
        /// Large.
        Large = "large",
    }
}

names! {
    /// How sure a sentence sounds. A claim's certainty sets the strongest wording that may be published.
    ///
    /// The rungs follow the verbs of GRADE guidelines 26 (Santesso et al. 2020): "it is uncertain whether", "may",
    /// "probably", a plain verb; nothing licenses a guarantee. "Can" stands on its own rung between `may` and the plain
    /// verb, since readers hear a capability, not a hedge (Adams et al. 2017).
    ///
    /// ```
    /// use evidence_claims::{Certainty, Strength};
    ///
    /// assert!(Strength::Possible < Strength::Asserted);
    /// assert_eq!(Strength::ceiling(Certainty::Low), Strength::Possible);
    /// ```
    Strength, "strength" {
        /// "It is unclear whether …".
        Uncertain = "uncertain",
        /// "May", "might", "could", "some evidence suggests".
        Possible = "possible",
        /// "Can", "helps", "is able to".
        Capable = "capable",
        /// "Probably", "likely".
        Probable = "probable",
        /// A plain verb: "reduces".
        Asserted = "asserted",
        /// "Always", "guaranteed", "proven to".
        Guaranteed = "guaranteed",
    }
}

impl Strength {
    /// The strongest wording that evidence of this certainty supports, for a claim that the evidence speaks for.
    #[must_use]
    pub const fn ceiling(certainty: Certainty) -> Self {
        match certainty {
            Certainty::VeryLow => Self::Uncertain,
            Certainty::Low => Self::Possible,
            Certainty::Moderate => Self::Probable,
            Certainty::High => Self::Asserted,
        }
    }

    /// Place on the GRADE ladder, 0 to 4. "Can" counts as high as "probably": GRADE writers tolerate it at moderate certainty.
    #[must_use]
    pub const fn rung(self) -> u8 {
        match self {
            Self::Uncertain => 0,
            Self::Possible => 1,
            Self::Capable | Self::Probable => 2,
            Self::Asserted => 3,
            Self::Guaranteed => 4,
        }
    }
}

names! {
    /// How a source came to its finding.
    #[non_exhaustive]
    Basis, "basis" {
        /// Measured with an instrument or by a blinded rater.
        Measured = "measured",
        /// Reported by the people treated.
        SelfReported = "self-reported",
        /// Concluded from something else that was measured.
        Inferred = "inferred",
        /// Seen in animals.
        Animal = "animal",
        /// Seen in cells, tissue or a model.
        Laboratory = "laboratory",
    }
}

names! {
    /// Kind of publication. Ordered from strongest to weakest as evidence for an effect; the last ones are rules or context.
    #[non_exhaustive]
    Design, "design" {
        /// Pooled analysis of studies.
        MetaAnalysis = "meta-analysis",
        /// Pooled analysis over a network of comparisons.
        NetworkMetaAnalysis = "network-meta-analysis",
        /// Systematic review without pooling.
        SystematicReview = "systematic-review",
        /// Trial with random allocation to parallel groups.
        RandomisedTrial = "randomised-trial",
        /// Trial in which each person receives each treatment.
        CrossoverTrial = "crossover-trial",
        /// Trial with a control group but without (reported) random allocation.
        ControlledTrial = "controlled-trial",
        /// Scoping review: maps what exists, does not judge effects.
        ScopingReview = "scoping-review",
        /// Narrative review.
        NarrativeReview = "narrative-review",
        /// Observational study.
        Observational = "observational",
        /// Change in one group, nothing to compare with.
        BeforeAfter = "before-after",
        /// Survey.
        Survey = "survey",
        /// Report of one or a few people.
        CaseReport = "case-report",
        /// Work on cells, tissue or models.
        Laboratory = "laboratory",
        /// Work on animals.
        Animal = "animal",
        /// Clinical guideline: a recommendation, not evidence.
        Guideline = "guideline",
        /// Page of a regulator: a rule, not evidence.
        Regulator = "regulator",
        /// Digest for the public: context, not evidence.
        Digest = "digest",
        /// Commentary or opinion: context, not evidence.
        Commentary = "commentary",
    }
}

impl Design {
    /// Whether a source of this kind is evidence for an effect. Guidelines, regulators' pages, digests and commentaries are
    /// rules or context and never count among a claim's findings.
    #[must_use]
    pub const fn is_evidence(self) -> bool {
        !matches!(self, Self::Guideline | Self::Regulator | Self::Digest | Self::Commentary)
    }

    /// Its name in running text, such as "randomised trial".
    ///
    /// ```
    /// use evidence_claims::Design;
    ///
    /// assert_eq!(Design::RandomisedTrial.in_words(), "randomised trial");
    /// assert_eq!(Design::NetworkMetaAnalysis.in_words(), "network meta-analysis");
    /// ```
    #[must_use]
    pub fn in_words(self) -> String {
        // The hyphen belongs to some names and stands for a space in the others.
        let name = self.as_str().replace('-', " ");
        name.replace("meta analysis", "meta-analysis").replace("before after", "before-after")
    }

    /// Whether it reports on other studies: what it finds is then no study of its own.
    #[must_use]
    pub const fn is_review(self) -> bool {
        matches!(
            self,
            Self::MetaAnalysis
                | Self::NetworkMetaAnalysis
                | Self::SystematicReview
                | Self::ScopingReview
                | Self::NarrativeReview
        )
    }
}

names! {
    /// Scale of an effect.
    #[non_exhaustive]
    Measure, "measure" {
        /// Standardised mean difference (no unit).
        Smd = "smd",
        /// Mean difference, in the effect's unit.
        Md = "md",
        /// Risk difference.
        Rd = "rd",
        /// Risk ratio.
        Rr = "rr",
        /// Odds ratio.
        Or = "or",
        /// Hazard ratio.
        Hr = "hr",
        /// Correlation.
        R = "r",
        /// Change or difference in per cent.
        Percent = "percent",
        /// Number of people or events.
        Count = "count",
        /// Anything else; the effect's outcome or note says what.
        Other = "other",
    }
}

impl Measure {
    /// Whether no effect is 1 (ratios) rather than 0.
    #[must_use]
    pub const fn is_ratio(self) -> bool {
        matches!(self, Self::Rr | Self::Or | Self::Hr)
    }
}

names! {
    /// Whom an effect favours.
    #[non_exhaustive]
    Favours, "favours" {
        /// The massage group.
        Massage = "massage",
        /// The group it was compared with.
        Comparator = "comparator",
        /// Neither: the difference could be chance.
        Neither = "neither",
        /// The sign cannot be read from what was seen.
        Unclear = "unclear",
    }
}

names! {
    /// GRADE domain: a reason to lower or raise certainty.
    #[non_exhaustive]
    Domain, "GRADE domain" {
        /// Flaws in how the studies were done.
        RiskOfBias = "risk-of-bias",
        /// Studies disagree.
        Inconsistency = "inconsistency",
        /// People, treatment or outcome differ from the question.
        Indirectness = "indirectness",
        /// Few people or a wide interval.
        Imprecision = "imprecision",
        /// Studies that were never published.
        PublicationBias = "publication-bias",
        /// Raises: the effect is large.
        LargeEffect = "large-effect",
        /// Raises: more treatment, more effect.
        DoseResponse = "dose-response",
        /// Raises: everything left uncontrolled would have worked the other way.
        OpposingConfounding = "opposing-confounding",
    }
}

impl Domain {
    /// Whether the domain raises certainty instead of lowering it.
    #[must_use]
    pub const fn is_upgrade(self) -> bool {
        matches!(self, Self::LargeEffect | Self::DoseResponse | Self::OpposingConfounding)
    }
}

names! {
    /// The direction of change that copy sells as good.
    #[non_exhaustive]
    Wanted, "wanted direction" {
        /// Less of it: pain, cortisol.
        Less = "less",
        /// More of it: sleep, circulation.
        More = "more",
        /// Any change.
        Change = "change",
    }
}

names! {
    /// What decides whether a rule fires.
    #[non_exhaustive]
    RuleKind, "rule kind" {
        /// Its patterns.
        Phrase = "phrase",
        /// The comparison of a sentence with a claim's rating.
        Claim = "claim",
        /// The page as a whole.
        Page = "page",
        /// The comparison of copy with the paper that it reports.
        Source = "source",
        /// A data record.
        Data = "data",
        /// A comment or an entry of a project file that keeps findings.
        Suppression = "suppression",
        /// A page and what it said before.
        Revision = "revision",
        /// How far a document is read.
        Limit = "limit",
    }
}

names! {
    /// Where a rule is in its life.
    #[non_exhaustive]
    RuleStatus, "rule status" {
        /// On by request only; may still change.
        Preview = "preview",
        /// On by default.
        Stable = "stable",
        /// No longer fires; kept so that its name resolves.
        Retired = "retired",
    }
}

names! {
    /// What a strict look finds in records that load: each is a rule of its own, and each may be accepted with a reason.
    Doubt, "rule of the strict checks" {
        /// A trial and the review that pools it both count.
        DoubleCounted = "data/double-counted",
        /// All findings come from one source.
        SingleSource = "data/single-source",
        /// A finding comes from a retracted source.
        RetractedSource = "data/retracted-source",
        /// The review of a claim is due.
        StaleReview = "data/stale-review",
        /// Nothing refers to the source.
        UnusedSource = "data/unused-source",
        /// No claim is about the term.
        UnusedTerm = "data/unused-term",
        /// The same words lead to two claims.
        AmbiguousClaim = "data/ambiguous-claim",
        /// p and interval cannot both be right.
        PContradictsInterval = "data/p-contradicts-interval",
        /// Nothing says what a figure was compared with.
        NoComparator = "data/no-comparator",
        /// A part has more people than the whole.
        TooFewParticipants = "data/too-few-participants",
        /// One publication is recorded twice.
        DuplicateSource = "data/duplicate-source",
        /// The checker complains about an honest sentence.
        HonestTooStrong = "data/honest-too-strong",
        /// An honest sentence lacks one of its conditions.
        ConditionMissing = "data/condition-missing",
        /// The checker misses what the claim lists.
        OverclaimNotCaught = "data/overclaim-not-caught",
    }
}

impl Doubt {
    /// Whether it takes the checker to find it.
    pub(crate) const fn is_about_wording(self) -> bool {
        matches!(self, Self::HonestTooStrong | Self::ConditionMissing | Self::OverclaimNotCaught)
    }
}

names! {
    /// Which readings of a sentence a phrase rule applies to.
    #[non_exhaustive]
    Scope, "scope" {
        /// Only where the words are asserted: not denied, questioned, or quoted as a myth.
        Asserted = "asserted",
        /// The same, and only in sentences that name massage, an effect, a complaint or how somebody feels.
        Health = "health",
        /// Where the words are told, quoted or not: not denied, asked, or under the name of myths.
        Told = "told",
        /// Wherever the words stand.
        Any = "any",
    }
}
