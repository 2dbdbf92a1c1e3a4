import Hearsay
import SentenceSplitting
import Testing

@testable import QuoteExtraction

@Suite("Labels are found in lanes of 16 bits")
struct CRFDecoderTests {
  /// The scores of each label of each token of the window, and where those of the transition to it begin.
  func weights(_ window: CueWindow, in input: ModelInput, _ model: QuoteModel) -> (nodes: [[Int]], transitions: [Int]) {
    let features = WindowFeatures(window, of: input.tokens.all.span)
    var nodes: [[Int]] = []
    var transitions: [Int] = []
    var sum = [Int](repeating: 0, count: WindowLabel.count)
    features.visit { row in
      for label in sum.indices { sum[label] += Int(model.windowWeights(row)[label]) - 128 }
    } token: { i in
      nodes.append(sum)
      transitions.append(features.transitionKind(to: i) * WindowLabel.count)
      sum = [Int](repeating: 0, count: WindowLabel.count)
    }
    return (nodes, transitions)
  }

  /// The likeliest labels by the plain algorithm, in integers of any size, and how much likelier they are than the cue alone.
  func plain(_ window: CueWindow, in input: ModelInput, _ model: QuoteModel) -> (labels: [WindowLabel], margin: Int) {
    let (nodes, transitions) = weights(window, in: input, model)
    func transition(_ k: Int, from before: WindowLabel, to label: WindowLabel) -> Int? {
      label.mayFollow(before) ? Int(model.transitions[transitions[k] + before.rawValue][label.rawValue]) : nil
    }
    var best: [[(score: Int, from: WindowLabel)?]] = []
    for k in nodes.indices {
      best.append(
        WindowLabel.allCases.map { label in
          let emission = nodes[k][label.rawValue]
          guard k > 0 else { return label.mayFollow(.outside) ? (emission, .outside) : nil }
          var path: (score: Int, from: WindowLabel)?
          for before in WindowLabel.allCases {
            guard let last = best[k - 1][before.rawValue], let transition = transition(k, from: before, to: label)
            else { continue }
            if last.score + transition > path?.score ?? .min { path = (last.score + transition, before) }
          }
          return path.map { ($0.score + emission, $0.from) }
        })
    }
    var label = WindowLabel.outside
    for other in WindowLabel.allCases
    where best.last?[other.rawValue]?.score ?? .min > best.last?[label.rawValue]?.score ?? .min {
      label = other
    }
    let score = best.last?[label.rawValue]?.score ?? 0
    var labels: [WindowLabel] = []
    for k in nodes.indices.reversed() {
      labels.append(label)
      label = best[k][label.rawValue]?.from ?? .outside
    }
    let cue = window.cue - window.tokens.lowerBound
    var alone = 0
    for k in nodes.indices {
      let (emission, before) = (k == cue ? WindowLabel.cue : .outside, k == cue + 1 ? WindowLabel.cue : .outside)
      alone += nodes[k][emission.rawValue] + (k > 0 ? transition(k, from: before, to: emission) ?? 0 : 0)
    }
    return (labels.reversed(), score - alone)
  }

  static let texts = [
    "“We won,” Ann Lee said, “and we were glad.” According to Bo Ray, the mayor told reporters that it rained.",
    "Ann Lee, who leads the party, believes that the plan will fail; it was called \"a joke\" by its own author.",
    String(repeating: "Bo Ray said that he had told the mayor, who denied it, that ", count: 12) + "it rained.",
    "said that \"he\" , said : \"“” said said who “what he said” , . said that that said",
  ]

  /// Calls `body` with a window for each token of a text.
  func forEachWindow(of text: String, _ body: (CueWindow, ModelInput, QuoteModel) -> Void) throws {
    let model = try QuoteModel.shipped.get()
    var document = Document(id: "t", text: text)
    try SplitSentences(.init()).process(&document)
    let input = ModelInput(&document)
    for (number, sentence) in input.tokens.sentences.enumerated() {
      for cue in sentence { body(CueWindow(cue: cue, inSentence: number, of: input.tokens), input, model) }
    }
  }

  func labels(_ path: Int, _ decoder: CRFDecoder, _ window: CueWindow) -> [WindowLabel?] {
    window.tokens.indices.map {
      WindowLabel(rawValue: Int(decoder.nBest.labels(of: path)[$0 - window.tokens.lowerBound]))
    }
  }

  @Test("They are those of the plain method", arguments: texts)
  func likePlain(_ text: String) throws {
    var decoder = CRFDecoder()
    try forEachWindow(of: text) { window, input, model in
      let all = input.tokens.all.span
      let margin = decoder.label(window, in: all, model: model, most: 1, within: 0)
      let expected = plain(window, in: input, model)
      #expect(labels(0, decoder, window) == expected.labels)
      #expect(margin == Float(expected.margin) * model.windowScale)
    }
  }

  @Test("Others are in order, and as much less likely as their gap says", arguments: texts)
  func nBest(_ text: String) throws {
    var decoder = CRFDecoder()
    var found = 0
    try forEachWindow(of: text) { window, input, model in
      _ = decoder.label(window, in: input.tokens.all.span, model: model, most: 8, within: 10)
      let (nodes, transitions) = weights(window, in: input, model)
      let scoreGaps = decoder.nBest.scoreGaps
      found += scoreGaps.count
      #expect(scoreGaps.first == 0 && scoreGaps == scoreGaps.sorted() && scoreGaps.count <= 8)
      #expect(scoreGaps.allSatisfy { $0 <= Int(10 / model.windowScale) })
      var best: Int?
      for (path, scoreGap) in scoreGaps.enumerated() {
        let labels = labels(path, decoder, window).compactMap { $0 }
        #expect(labels.count == nodes.count)
        var score = 0
        for k in labels.indices {
          score += nodes[k][labels[k].rawValue]
          guard k > 0 else { continue }
          #expect(labels[k].mayFollow(labels[k - 1]))
          score += Int(model.transitions[transitions[k] + labels[k - 1].rawValue][labels[k].rawValue])
        }
        #expect(score + scoreGap == best ?? score)
        best = best ?? score
      }
    }
    #expect(found > 8)
  }
}
