import Cleaning
import Hearsay
import TestSupport
import Testing

@Suite("Damage with a known inverse")
struct DamageTests {
  private static let texts: UInt64 = 100

  @Test("is undone", arguments: Damage.allCases)
  func isUndone(_ damage: Damage) throws {
    var wrong: [String] = []
    for seed in 0..<Self.texts {
      var words = NewsWords(random: SplitMix(seed: seed &+ 7_000))
      let c = damage.apply(to: NewsText(seed: seed), &words)
      let document = try cleaned(c.raw)
      let isRestored =
        document.utf8 == Array(c.text.utf8)
        && c.meta.allSatisfy { document.metadata[$0.key]?.stringValue == $0.value }
      if !isRestored { wrong.append("\(seed): \(Self.difference(document, c))".debugDescription) }
    }
    let most = damage.isMojibake ? 0 : Int(Self.texts) / 50
    #expect(
      wrong.count <= most, "\(damage): \(wrong.count) of \(Self.texts), as\n\(wrong.prefix(8).joined(separator: "\n"))")
  }

  /// The option of each repair, a damage that it undoes, and the name of its count.
  private static let repairs: [(damage: Damage, key: String, count: String)] = [
    (.creditAndDate, "extract_credits", "credits"), (.byline, "extract_bylines", "bylines"),
    (.published, "extract_dates", "dates"), (.dateline, "extract_datelines", "datelines"),
    (.headline, "drop_headlines", "headlines"), (.caption, "drop_captions", "captions"),
    (.share, "drop_share", "share"),
    (.readMore, "drop_read_more", "read_more"), (.prompt, "drop_prompts", "prompts"),
    (.footer, "drop_footers", "footers"), (.advert, "drop_adverts", "adverts"), (.glue, "unglue", "glue"),
    (.windows1252, "repair_mojibake", "mojibake"), (.entities, "decode_entities", "entities"),
    (.invisible, "remove_invisible", "invisible"), (.decomposed, "normalize_unicode", "unicode"),
    (.spaces, "normalize_space", "space"), (.hardWraps, "join_lines", "wraps"),
    (.hyphenatedWraps, "join_lines", "hyphens"),
  ]

  @Test("is counted, and left alone where its repair is switched off", arguments: repairs.indices)
  func isCounted(_ index: Int) throws {
    let repair = Self.repairs[index]
    var diagnostics: [Diagnostic] = []
    let place = SourcePlace(file: "test")
    let off = StageDescriptor(Clean.self).make(ConfigNode([repair.key: false], at: place), at: place, &diagnostics)
    let stage = try #require(off, "\(diagnostics)")
    var count = 0
    for seed in 0..<UInt64(5) {
      var words = NewsWords(random: SplitMix(seed: seed))
      let c = repair.damage.apply(to: NewsText(seed: seed, hasHeadline: true), &words)
      count += try cleaned(c.raw).counts[repair.count]
      var untouched = Document(id: "t", text: c.raw)
      try stage.process(&untouched)
      #expect(untouched.counts[repair.count] == 0)
      if repair.damage == .dateline {
        #expect(untouched.metadata["dateline"] == nil)
      } else {
        #expect(c.raw == c.text || untouched.text != c.text)
      }
    }
    #expect(count > 0)
  }

  @Test("has an option each")
  func everyRepairHasAnOption() {
    let keys = Set(Self.repairs.map(\.key) + ["mark_missing", "cue_verbs"])
    #expect(keys == Set(Clean.Options.fields.map(\.key)))
  }

  /// The paragraphs that differ, and the metadata.
  private static func difference(_ document: Document, _ wanted: Damage.Case) -> String {
    let found = document.text.split(separator: "\n")
    let text = wanted.text.split(separator: "\n")
    return
      "\(found.filter { !text.contains($0) }) for \(text.filter { !found.contains($0) }), \(document.metadata) for \(wanted.meta)"
  }

  @Test("does not stand in clean texts: each of a thousand stays byte for byte")
  func cleanTextsStay() throws {
    for seed in 0..<UInt64(1_000) {
      let text = NewsText(seed: seed &+ 1_000).text
      let document = try cleaned(text)
      #expect(document.utf8 == Array(text.utf8))
      #expect(document.offsetMap.isIdentity && document[Warnings.self].isEmpty)
      #expect(document.counts.isEmpty, "\(document.counts)")
    }
  }
}
