import Hearsay
import SentenceSplitting
import Testing

@testable import QuoteExtraction

@Suite("Candidates for the speaker of an attribution")
struct SpeakerCandidatesTests {
  /// How much likelier labels are with a speaker than without, by the plain algorithm, in units of a weight.
  func margin(
    _ range: Range<ModelTokenIndex>, _ attribution: AttributionCandidate, _ window: CueWindow, _ decoder: CRFDecoder,
    _ model: QuoteModel
  ) -> Int {
    func label(_ i: ModelTokenIndex, speaker: Range<ModelTokenIndex>?) -> WindowLabel {
      if let speaker, speaker.contains(i) { return i == speaker.lowerBound ? .speakerBegins : .speaker }
      if let piece = attribution.pieces.first(where: { $0.contains(i) }) {
        return i == piece.lowerBound ? .contentBegins : .content
      }
      return attribution.cueWords.contains { $0.contains(i) } ? .cue : .outside
    }
    func score(speaker: Range<ModelTokenIndex>?) -> Int {
      var sum = 0
      for (k, i) in window.tokens.enumerated() {
        let emission = label(i, speaker: speaker).rawValue
        sum += Int(decoder.nodes[k].emission[emission])
        if k > 0 {
          sum += Int(model.transitions[decoder.nodes[k].transition + label(i - 1, speaker: speaker).rawValue][emission])
        }
      }
      return sum
    }
    return score(speaker: range) - score(speaker: nil)
  }

  @Test(
    "Each ends where it had best end", arguments: CRFDecoderTests.texts)
  func theyAreTheBest(_ text: String) throws {
    let model = try QuoteModel.shipped.get()
    var document = Document(id: "t", text: text)
    try SplitSentences(.init()).process(&document)
    let input = ModelInput(&document)
    AttributionModel(model).visitWindows(in: input, within: AttributionModel.largestGap.work) {
      window, attributions, _, decoder in
      for index in attributions.indices {
        var attribution = attributions[index]
        attribution.readCue(window, labels: decoder.nBest.labels(of: attribution.path))
        let found = decoder.speakers(of: attribution, in: window, model)
        let candidates = found.indices.map { found[$0] }
        #expect(candidates.map(\.margin) == candidates.map(\.margin).sorted(by: >))
        for (number, candidate) in candidates.enumerated() {
          #expect(!candidates[..<number].contains { $0.range.overlaps(candidate.range) })
          #expect(!attribution.pieces.contains { $0.overlaps(candidate.range) })
          let start = candidate.range.lowerBound
          let free = (start..<window.tokens.upperBound).prefix { i in
            !attribution.pieces.contains { $0.contains(i) } && !attribution.cueWords.contains { $0.contains(i) }
          }
          let best = free.map { margin(start..<$0 + 1, attribution, window, decoder, model) }.max() ?? 0
          #expect(candidate.margin == Float(best) * model.windowScale)
        }
      }
    }
  }
}
