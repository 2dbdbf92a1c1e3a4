public import Hearsay

/// Repairs scraped text: its characters, its white space, the lines that are not the story, sentences that were glued
/// together. Every edit is kept in the document's offset map, so what is found later still leads to the raw input.
///
/// A page (`content` is `.html`) is first reduced to its text. A text that needs nothing is only scanned.
public struct Clean: Stage {
  public struct Options: StageOptions {
    public var decodeEntities = true
    public var repairMojibake = true
    public var removeInvisible = true
    public var normalizeSpace = true
    public var normalizeUnicode = true
    public var extractMetadata = true
    public var dropBoilerplate = true
    public var unglue = true
    public var markMissing = true
    public init() {}
    public static let fields: [Field<Self>] = [
      Field("decode_entities", \.decodeEntities, "Decode character references left in text: '&amp;', '&#8217;'."),
      Field("repair_mojibake", \.repairMojibake, "Repair UTF-8 that was read as Windows-1252."),
      Field("remove_invisible", \.removeInvisible, "Remove control, zero-width and direction characters."),
      Field("normalize_space", \.normalizeSpace, "Reduce runs of spaces and of blank lines to one."),
      Field("normalize_unicode", \.normalizeUnicode, "Bring the text into Unicode normalization form C."),
      Field("extract_metadata", \.extractMetadata, "Move credits, bylines and dates from the text to 'meta'."),
      Field("drop_boilerplate", \.dropBoilerplate, "Drop lines of the page: share buttons, adverts, legal notices."),
      Field("unglue", \.unglue, "Part sentences and words that stand against each other: 'said.The'."),
      Field("mark_missing", \.markMissing, "Write a warning where words are evidently missing."),
    ]
  }

  public static let name = "clean"
  public static let summary = "Repairs scraped text and marks where words are missing."
  public static let reads: [any Layer.Type] = []
  public static let writes: [any Layer.Type] = [Warnings.self]

  private let options: Options
  private let entities = EntityDecoder(PackageResources.entities_txt)
  private let normalization = Normalization(PackageResources.nfc_doubtful_txt)
  private let lines: LineFilter
  private let unglue: Unglue
  private let doubts: Doubts
  /// How often text can have been misread one time after the other.
  private static let mostMojibakeRounds = 4

  public init(_ options: Options) {
    self.options = options
    let lexicon = Lexicon()
    lines = LineFilter(
      lexicon: lexicon, boilerplate: Boilerplate(PackageResources.boilerplate_txt, cueVerbs: lexicon.cueVerbs),
      extractsMetadata: options.extractMetadata, dropsBoilerplate: options.dropBoilerplate)
    unglue = Unglue(lexicon: lexicon)
    doubts = Doubts(lexicon: lexicon)
  }

  public func process(_ document: inout Document) throws {
    if document.content == .html {
      let page = try PageExtractor().extract(document.utf8)
      document.replaceText(page.text, map: page.map, content: .text)
      for (key, value) in page.metadata { document.metadata.setIfUnknown(key, value) }
    }
    repairCharacters(&document)
    repairLines(&document)
    let joins = options.unglue ? takeApart(&document) : []
    if options.markMissing {
      document[Warnings.self] += doubts.warnings(in: document.bytes, behind: joins)
    } else if !document.has(Warnings.self) {
      document[Warnings.self] = []
    }
  }

  private func repairCharacters(_ document: inout Document) {
    var survey = TextSurvey(document.bytes)
    if options.decodeEntities, survey.hasAmpersand {
      document.apply(entities.edits(in: document.bytes))
      survey = TextSurvey(document.bytes)
    }
    if survey.hasHigh { normalize(&document) }
    var isChanged = false
    if options.repairMojibake, survey.hasHigh {
      for _ in 0..<Self.mostMojibakeRounds {
        let edits = MojibakeRepair().edits(in: document.bytes)
        if edits.isEmpty { break }
        document.apply(edits)
        isChanged = true
      }
      if isChanged { document.apply(MojibakeRepair().strayLeads(in: document.bytes)) }
    }
    let hasLooseSpace = survey.hasControl || survey.hasLooseSpace || survey.hasHigh
    if hasLooseSpace, options.normalizeSpace || options.removeInvisible {
      let spacing = SpacingRepair(
        normalizesSpace: options.normalizeSpace, removesInvisible: options.removeInvisible,
        onlyHigh: !survey.hasControl && !survey.hasLooseSpace)
      let edits = spacing.edits(in: document.bytes)
      isChanged = isChanged || !edits.isEmpty
      document.apply(edits)
    }
    // What was misread, or parted by what is invisible, may have been a letter and its accent.
    if survey.hasHigh, isChanged { normalize(&document) }
  }

  private func normalize(_ document: inout Document) {
    if options.normalizeUnicode { document.apply(normalization.edits(in: document.bytes)) }
  }

  private func repairLines(_ document: inout Document) {
    guard options.extractMetadata || options.dropBoilerplate else { return }
    var metadata = document.metadata
    let edits = lines.edits(in: document.bytes, &metadata)
    document.metadata = metadata
    guard !edits.isEmpty else { return }
    document.apply(edits)
    guard options.normalizeSpace else { return }
    // The last line that is left may have had others behind it.
    var end = document.utf8.count
    while end > 0, document.utf8[end - 1].isBlank { end -= 1 }
    var trim = TextEdits()
    if end < document.utf8.count { trim.remove(Span(end, document.utf8.count)) }
    document.apply(trim)
  }

  /// Puts a space into every join; gives the joins as they stand in the edited text.
  private func takeApart(_ document: inout Document) -> [Join] {
    var joins = unglue.joins(in: document.bytes)
    guard !joins.isEmpty else { return [] }
    var edits = TextEdits()
    for index in joins.indices {
      edits.insert(CollectionOfOne(0x20), at: joins[index].offset)
      joins[index].offset += index
    }
    document.apply(edits)
    return joins
  }
}
