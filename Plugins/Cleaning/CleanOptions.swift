public import Hearsay
public import HearsayText

extension Clean {
  /// Each repair on or off; all are on.
  public struct Options: StageOptions {
    public var decodeEntities = true
    public var repairMojibake = true
    public var removeInvisible = true
    public var normalizeSpace = true
    public var normalizeUnicode = true
    public var joinLines = true
    public var extractCredits = true
    public var extractBylines = true
    public var extractDates = true
    public var extractDatelines = true
    public var dropHeadlines = true
    public var dropCaptions = true
    public var dropShare = true
    public var dropReadMore = true
    public var dropPrompts = true
    public var dropFooters = true
    public var dropAdverts = true
    public var unglue = true
    public var markMissing = true
    public var cueVerbs: [CueVerb] = []
    public init() {}
    public static let fields: [Field<Self>] = [
      Field("decode_entities", \.decodeEntities, "Decode character references left in text: '&amp;', '&#8217;'."),
      Field(
        "repair_mojibake", \.repairMojibake,
        "Repair UTF-8 that was read as Windows-1252, Latin-1, Mac Roman, Windows-1250, -1251 or -1253."),
      Field("remove_invisible", \.removeInvisible, "Remove control, zero-width and direction characters."),
      Field("normalize_space", \.normalizeSpace, "Reduce runs of spaces and of blank lines to one."),
      Field("normalize_unicode", \.normalizeUnicode, "Bring the text into Unicode normalization form C."),
      Field(
        "join_lines", \.joinLines, "Join lines wrapped at a fixed width, and words parted at a line's end."),
      Field("extract_credits", \.extractCredits, "Move the credit of a picture, and its date, to 'meta'."),
      Field("extract_bylines", \.extractBylines, "Move the line that says who wrote the story to 'meta'."),
      Field("extract_dates", \.extractDates, "Move the line that says when it was published to 'meta'."),
      Field("extract_datelines", \.extractDatelines, "Copy the place and agency that lead the story to 'meta'."),
      Field("drop_headlines", \.dropHeadlines, "Drop a headline that is there twice, or in 'meta'."),
      Field("drop_captions", \.dropCaptions, "Drop captions of pictures."),
      Field("drop_share", \.dropShare, "Drop share buttons."),
      Field("drop_read_more", \.dropReadMore, "Drop links to other stories."),
      Field("drop_prompts", \.dropPrompts, "Drop prompts to subscribe, to pay and to sign in."),
      Field("drop_footers", \.dropFooters, "Drop legal lines, who reported and edited, feet of pages."),
      Field("drop_adverts", \.dropAdverts, "Drop what stands around advertisements."),
      Field("unglue", \.unglue, "Part sentences and words that stand against each other: 'said.The'."),
      Field("mark_missing", \.markMissing, "Write a warning where words are evidently missing."),
      Field(
        "cue_verbs", \.cueVerbs, "Forms of verbs that stand before what somebody said, besides those of the language."),
    ]

    /// The kinds of line that are taken out.
    var drops: LineKinds { LineKinds(LineKind.allCases.filter(drops)) }

    private func drops(_ kind: LineKind) -> Bool {
      switch kind {
      case .credit: extractCredits
      case .byline: extractBylines
      case .date: extractDates
      case .headline: dropHeadlines
      case .caption: dropCaptions
      case .share: dropShare
      case .readMore: dropReadMore
      case .prompt: dropPrompts
      case .footer: dropFooters
      case .advert: dropAdverts
      }
    }
  }
}
