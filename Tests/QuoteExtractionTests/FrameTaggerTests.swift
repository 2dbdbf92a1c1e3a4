import Hearsay
import SentenceSplitting
import Testing

@testable import QuoteExtraction

@Suite("Labels are found in lanes of 16 bits")
struct FrameTaggerTests {
  /// The likeliest labels by the book, in whole numbers of any size, and how much likelier they are than the cue alone.
  func plain(_ frame: Frame, in reading: Reading, _ model: QuoteModel, bonus: Int) -> (
    labels: [FrameLabel], margin: Int
  ) {
    let all = reading.elements.all.span
    let features = FrameFeatures(frame, of: all)
    var nodes: [[Int]] = []
    var steps: [Int] = []
    var sum = [Int](repeating: 0, count: FrameLabel.count)
    features.visit { row in
      for label in sum.indices { sum[label] += Int(model.frameWeights(row)[label]) - 128 }
    } element: { i in
      nodes.append(sum)
      steps.append(features.step(to: i) * FrameLabel.count)
      sum = [Int](repeating: 0, count: FrameLabel.count)
    }
    func step(_ k: Int, from before: FrameLabel, to label: FrameLabel) -> Int? {
      label.mayFollow(before) ? Int(model.steps[steps[k] + before.rawValue][label.rawValue]) : nil
    }
    var best: [[(score: Int, from: FrameLabel)?]] = []
    for k in nodes.indices {
      best.append(
        FrameLabel.allCases.map { label in
          let own = nodes[k][label.rawValue] + (label == .speakerBegins ? bonus : 0)
          guard k > 0 else { return label.mayFollow(.outside) ? (own, .outside) : nil }
          var way: (score: Int, from: FrameLabel)?
          for before in FrameLabel.allCases {
            guard let last = best[k - 1][before.rawValue], let step = step(k, from: before, to: label) else { continue }
            if last.score + step > way?.score ?? .min { way = (last.score + step, before) }
          }
          return way.map { ($0.score + own, $0.from) }
        })
    }
    var label = FrameLabel.outside
    for other in FrameLabel.allCases
    where best.last?[other.rawValue]?.score ?? .min > best.last?[label.rawValue]?.score ?? .min {
      label = other
    }
    let score = best.last?[label.rawValue]?.score ?? 0
    var labels: [FrameLabel] = []
    for k in nodes.indices.reversed() {
      labels.append(label)
      label = best[k][label.rawValue]?.from ?? .outside
    }
    let cue = frame.cue - frame.elements.lowerBound
    var alone = 0
    for k in nodes.indices {
      let (own, before) = (k == cue ? FrameLabel.cue : .outside, k == cue + 1 ? FrameLabel.cue : .outside)
      alone += nodes[k][own.rawValue] + (k > 0 ? step(k, from: before, to: own) ?? 0 : 0)
    }
    return (labels.reversed(), score - alone)
  }

  @Test(
    "They are those of the plain method",
    arguments: [
      "“We won,” Ann Lee said, “and we were glad.” According to Bo Ray, the mayor told reporters that it rained.",
      "Ann Lee, who leads the party, believes that the plan will fail; it was called \"a joke\" by its own author.",
      String(repeating: "Bo Ray said that he had told the mayor, who denied it, that ", count: 12) + "it rained.",
      "said that \"he\" , said : \"“” said said who “what he said” , . said that that said",
    ])
  func likePlain(_ text: String) throws {
    let model = try #require(QuoteModel.shipped)
    var document = Document(id: "t", text: text)
    SplitSentences(.init()).process(&document)
    let reading = Reading(&document)
    let all = reading.elements.all.span
    var tagger = FrameTagger()
    for (number, sentence) in reading.elements.sentences.enumerated() {
      for cue in sentence {
        let frame = Frame(cue: cue, inSentence: number, of: reading.elements)
        let margin = tagger.label(frame, in: all, model: model)
        let expected = plain(frame, in: reading, model, bonus: 0)
        #expect(tagger.labels == expected.labels)
        #expect(margin == Float(expected.margin) * model.frameStep)
        tagger.labelAgain(speakerBonus: 4, model: model)
        #expect(tagger.labels == plain(frame, in: reading, model, bonus: Int(4 / model.frameStep)).labels)
      }
    }
  }
}
