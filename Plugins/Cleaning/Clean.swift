public import Hearsay
internal import HearsayText

/// Repairs scraped text: its characters, its white space, the lines that are not the story, sentences that were glued
/// together. Every edit is kept in the document's offset map, so what is found later still leads to the raw input.
///
/// A page (`content` is `.html`) is first reduced to its text. A text that needs nothing is only scanned. How many of
/// each kind of damage were repaired stands in the document's counts.
public struct Clean: Stage {
  public static let name = "clean"
  public static let summary = "Repairs scraped text and marks where words are missing."
  public static let layers = LayerUse(writes: [Warnings.self])

  private let options: Options
  private let pages = PageExtractor()
  private let entities: EntityDecoder
  private let mojibake: MojibakeRepair
  private let normalization = Normalization(PackageResources.nfc_doubtful_txt)
  private let wraps = LineWraps(compounds: WordList(Language.english.cleaningList("compound-heads")))
  private let lines: LineFilter
  private let unglue: MissingSpaceRepair
  private let missingText: MissingTextDetector
  /// How often text can have been misread one time after the other.
  private static let mostMojibakeRounds = 4

  public init(_ options: Options) {
    self.options = options
    let codepages = Codepage.all(PackageResources.codepages_txt)
    let western =
      codepages.first { $0.name == Codepage.westernName } ?? Codepage(name: Codepage.westernName, scalars: [])
    entities = EntityDecoder(PackageResources.entities_txt, western: western)
    mojibake = MojibakeRepair(western: western, others: codepages.filter { $0.name != western.name })
    let lists = CleaningLists(cueVerbs: options.cueVerbs)
    lines = LineFilter(
      lists: lists, boilerplate: Boilerplate(Language.english.cleaningList("boilerplate"), cueVerbs: lists.cueVerbs),
      shareBar: ShareBar(Language.english.cleaningList("share-words")), drops: options.drops,
      readsDateline: options.extractDatelines)
    unglue = MissingSpaceRepair(lists: lists)
    missingText = MissingTextDetector(lists: lists)
  }

  @discardableResult
  public func process(_ document: inout Document) throws -> Disposition {
    if document.content == .html {
      let page = try pages.extract(document.utf8)
      document.replaceText(page.text, map: page.map, content: .text)
      for (key, value) in page.metadata { document.metadata.setDefault(value, forKey: key) }
      document.counts.add(1, of: "pages")
    }
    repairCharacters(&document)
    repairLines(&document)
    let joins = options.unglue ? takeApart(&document) : []
    if options.markMissing {
      let warnings = missingText.warnings(in: document.bytes, after: joins)
      document[Warnings.self] += warnings
      document.counts.add(warnings.count, of: "warnings")
    } else if !document.has(Warnings.self) {
      document[Warnings.self] = []
    }
    return .keep
  }

  /// Carries out edits and counts them.
  private func apply(_ edits: TextEdits, as name: String, to document: inout Document) {
    document.apply(edits)
    document.counts.add(edits.count, of: name)
  }

  private func repairCharacters(_ document: inout Document) {
    if options.decodeEntities {
      apply(entities.edits(in: document.bytes), as: "entities", to: &document)
    }
    let hasUncommon = document.bytes.hasUncommon
    if hasUncommon { normalize(&document) }
    var isChanged = false
    if options.repairMojibake, hasUncommon {
      for _ in 0..<Self.mostMojibakeRounds {
        let edits = mojibake.edits(in: document.bytes)
        if edits.isEmpty { break }
        apply(edits, as: "mojibake", to: &document)
        isChanged = true
      }
      if isChanged { document.apply(mojibake.strayLeads(in: document.bytes)) }
    }
    if options.normalizeSpace || options.removeInvisible {
      let spacing = SpacingRepair(normalizesSpace: options.normalizeSpace, removesInvisible: options.removeInvisible)
      let found = spacing.find(in: document.bytes)
      isChanged = isChanged || found.invisible > 0
      document.apply(found.edits)
      document.counts.add(found.invisible, of: "invisible")
      document.counts.add(found.edits.count - found.invisible, of: "space")
    }
    // What was misread, or parted by what is invisible, may have been a letter and its accent.
    if hasUncommon, isChanged { normalize(&document) }
  }

  private func normalize(_ document: inout Document) {
    if options.normalizeUnicode {
      apply(normalization.edits(in: document.bytes), as: "unicode", to: &document)
    }
  }

  private func repairLines(_ document: inout Document) {
    if options.joinLines {
      let found = wraps.find(in: document.bytes)
      document.apply(found.edits)
      document.counts.add(found.wraps, of: "wraps")
      document.counts.add(found.hyphens, of: "hyphens")
    }
    var metadata = document.metadata
    var counts = StageCounters()
    let edits = lines.edits(in: document.bytes, &metadata, &counts)
    document.metadata = metadata
    document.counts += counts
    guard !edits.isEmpty else { return }
    document.apply(edits)
    guard options.normalizeSpace else { return }
    // The last line that is left may have had others after it.
    var end = document.utf8.count
    while end > 0, document.utf8[end - 1].isBlank { end -= 1 }
    var trim = TextEdits()
    if end < document.utf8.count { trim.remove(Span(end, document.utf8.count)) }
    document.apply(trim)
  }

  /// Puts a space into every join; gives the joins as they stand in the edited text.
  private func takeApart(_ document: inout Document) -> [MissingSpace] {
    var joins = unglue.joins(in: document.bytes)
    guard !joins.isEmpty else { return [] }
    var edits = TextEdits()
    for index in joins.indices {
      edits.insert(CollectionOfOne(0x20), at: joins[index].offset)
      joins[index].offset += index
    }
    apply(edits, as: "glue", to: &document)
    return joins
  }
}
