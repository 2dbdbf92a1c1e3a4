import Hearsay
import TestSupport
import Testing

@testable import StanceScoring

@Suite("Evidence is what moved the score")
struct EvidenceTests {
  private static let subjects = ["Brandt", "The mayor and Brandt", "Brandt and his company", "In May, Brandt"]
  private static let claims = [
    "failed the town", "lied to the council about the cost", "saved the harbour", "did an excellent job",
    "was a disgrace", "was a great success", "wasted the money of honest people", "kept every promise",
    "ignored the warnings of engineers", "is corrupt and incompetent", "earned the trust of the workers",
    "was accused of fraud", "won praise for his brave decision", "betrayed us",
  ]
  private static let ends = [".", " on Monday.", ", officials said.", " and nobody was surprised.", " for two years."]

  private func stance(_ text: String) throws -> (Document, Stance?) {
    var options = ScoreStance.Options()
    options.targets = [TargetRule(name: "Brandt", mentions: ["Brandt"])]
    options.neutral = true
    var document = Document(id: "t", text: text)
    try ScoreStance(options).process(&document)
    return (document, document[Stances.self].first)
  }

  @Test func withoutItTheScoreMovesBack() throws {
    var random = SplitMix(seed: 17)
    var judged = 0
    var moved = 0
    var shift = 0.0
    for _ in 0..<400 {
      let claims = (0..<Int.random(in: 1...2, using: &random)).map { _ in
        Self.claims.randomElement(using: &random) ?? ""
      }
      let text =
        (Self.subjects.randomElement(using: &random) ?? "") + " " + claims.joined(separator: " and ")
        + (Self.ends.randomElement(using: &random) ?? "")
      let (document, stance) = try stance(text)
      guard let stance, stance.label != .neutral else { continue }
      judged += 1
      #expect(!stance.evidence.isEmpty, "\(text)")
      var edits = TextEdits()
      for span in stance.evidence { edits.remove(span) }
      let (_, rest) = try self.stance(String(decoding: edits.applied(to: document.utf8).0, as: UTF8.self))
      let back = (stance.score - (rest?.score ?? stance.score)) * (stance.score < 0 ? -1 : 1)
      if back > 0 { moved += 1 }
      shift += back
    }
    #expect(judged > 200)
    #expect(moved == judged, "\(moved) of \(judged)")
    #expect(shift > 0.4 * Double(judged), "\(shift / Double(judged)) a judgement")
  }
}
