import Hearsay
import SentenceSplitting
import Testing

@testable import QuoteExtraction

@Suite("Candidates for the speaker of a report")
struct SpeakerCandidatesTests {
  /// How much likelier labels are with a speaker than without, by the book, in steps of a weight.
  func margin(_ range: Range<Int>, _ report: Report, _ frame: Frame, _ tagger: FrameTagger, _ model: QuoteModel) -> Int
  {
    func label(_ i: Int, speaker: Range<Int>?) -> FrameLabel {
      if let speaker, speaker.contains(i) { return i == speaker.lowerBound ? .speakerBegins : .speaker }
      if let piece = report.pieces.first(where: { $0.contains(i) }) {
        return i == piece.lowerBound ? .contentBegins : .content
      }
      return report.cueWords.contains { $0.contains(i) } ? .cue : .outside
    }
    func score(speaker: Range<Int>?) -> Int {
      var sum = 0
      for (k, i) in frame.elements.enumerated() {
        let own = label(i, speaker: speaker).rawValue
        sum += Int(tagger.nodes[k].own[own])
        if k > 0 { sum += Int(model.steps[tagger.nodes[k].step + label(i - 1, speaker: speaker).rawValue][own]) }
      }
      return sum
    }
    return score(speaker: range) - score(speaker: nil)
  }

  @Test(
    "Each ends where it had best end", arguments: FrameTaggerTests.texts)
  func theyAreTheBest(_ text: String) throws {
    let model = try #require(QuoteModel.shipped)
    var document = Document(id: "t", text: text)
    try SplitSentences(.init()).process(&document)
    let reading = Reading(&document)
    ReportFinder(model).visitFrames(in: reading, within: ReportFinder.mostLoss.work) { frame, reports, _, tagger in
      for index in reports.indices {
        var report = reports[index]
        report.readCue(frame, labels: tagger.alternatives.labels(of: report.way))
        let found = tagger.speakers(of: report, in: frame, model)
        let candidates = found.indices.map { found[$0] }
        #expect(candidates.map(\.margin) == candidates.map(\.margin).sorted(by: >))
        for (number, candidate) in candidates.enumerated() {
          #expect(!candidates[..<number].contains { $0.range.overlaps(candidate.range) })
          #expect(!report.pieces.contains { $0.overlaps(candidate.range) })
          let start = candidate.range.lowerBound
          let free = (start..<frame.elements.upperBound).prefix { i in
            !report.pieces.contains { $0.contains(i) } && !report.cueWords.contains { $0.contains(i) }
          }
          let best = free.map { margin(start..<$0 + 1, report, frame, tagger, model) }.max() ?? 0
          #expect(candidate.margin == Float(best) * model.frameStep)
        }
      }
    }
  }
}
