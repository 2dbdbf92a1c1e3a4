import Hearsay
import SentenceSplitting
import Testing

@testable import QuoteExtraction

@Suite("Labels are found in lanes of 16 bits")
struct FrameTaggerTests {
  /// What each label of each element of the frame weighs, and where the weights of the step to it begin.
  func weights(_ frame: Frame, in reading: Reading, _ model: QuoteModel) -> (nodes: [[Int]], steps: [Int]) {
    let features = FrameFeatures(frame, of: reading.elements.all.span)
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
    return (nodes, steps)
  }

  /// The likeliest labels by the book, in whole numbers of any size, and how much likelier they are than the cue alone.
  func plain(_ frame: Frame, in reading: Reading, _ model: QuoteModel) -> (labels: [FrameLabel], margin: Int) {
    let (nodes, steps) = weights(frame, in: reading, model)
    func step(_ k: Int, from before: FrameLabel, to label: FrameLabel) -> Int? {
      label.mayFollow(before) ? Int(model.steps[steps[k] + before.rawValue][label.rawValue]) : nil
    }
    var best: [[(score: Int, from: FrameLabel)?]] = []
    for k in nodes.indices {
      best.append(
        FrameLabel.allCases.map { label in
          let own = nodes[k][label.rawValue]
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

  static let texts = [
    "“We won,” Ann Lee said, “and we were glad.” According to Bo Ray, the mayor told reporters that it rained.",
    "Ann Lee, who leads the party, believes that the plan will fail; it was called \"a joke\" by its own author.",
    String(repeating: "Bo Ray said that he had told the mayor, who denied it, that ", count: 12) + "it rained.",
    "said that \"he\" , said : \"“” said said who “what he said” , . said that that said",
  ]

  /// Calls `body` with a frame for each element of a text.
  func forEachFrame(of text: String, _ body: (Frame, Reading, QuoteModel) -> Void) throws {
    let model = try #require(QuoteModel.shipped)
    var document = Document(id: "t", text: text)
    try SplitSentences(.init()).process(&document)
    let reading = Reading(&document)
    for (number, sentence) in reading.elements.sentences.enumerated() {
      for cue in sentence { body(Frame(cue: cue, inSentence: number, of: reading.elements), reading, model) }
    }
  }

  func labels(_ way: Int, _ tagger: FrameTagger, _ frame: Frame) -> [FrameLabel?] {
    frame.elements.indices.map {
      FrameLabel(rawValue: Int(tagger.alternatives.labels(of: way)[$0 - frame.elements.lowerBound]))
    }
  }

  @Test("They are those of the plain method", arguments: texts)
  func likePlain(_ text: String) throws {
    var tagger = FrameTagger()
    try forEachFrame(of: text) { frame, reading, model in
      let all = reading.elements.all.span
      let margin = tagger.label(frame, in: all, model: model, most: 1, within: 0)
      let expected = plain(frame, in: reading, model)
      #expect(labels(0, tagger, frame) == expected.labels)
      #expect(margin == Float(expected.margin) * model.frameStep)
    }
  }

  @Test("Others are in order, and as much less likely as is told", arguments: texts)
  func alternatives(_ text: String) throws {
    var tagger = FrameTagger()
    var found = 0
    try forEachFrame(of: text) { frame, reading, model in
      _ = tagger.label(frame, in: reading.elements.all.span, model: model, most: 8, within: 10)
      let (nodes, steps) = weights(frame, in: reading, model)
      let losses = tagger.alternatives.losses
      found += losses.count
      #expect(losses.first == 0 && losses == losses.sorted() && losses.count <= 8)
      #expect(losses.allSatisfy { $0 <= Int(10 / model.frameStep) })
      var best: Int?
      for (way, loss) in losses.enumerated() {
        let labels = labels(way, tagger, frame).compactMap { $0 }
        #expect(labels.count == nodes.count)
        var score = 0
        for k in labels.indices {
          score += nodes[k][labels[k].rawValue]
          guard k > 0 else { continue }
          #expect(labels[k].mayFollow(labels[k - 1]))
          score += Int(model.steps[steps[k] + labels[k - 1].rawValue][labels[k].rawValue])
        }
        #expect(score + loss == best ?? score)
        best = best ?? score
      }
    }
    #expect(found > 8)
  }
}
