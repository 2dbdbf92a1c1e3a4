import Foundation
import QuoteExtraction

/// The candidates of a window, by a model that has not learned from its document.
typealias AttributionSample = ChoiceSample<AttributionFeatures.Numbers>

extension AttributionSample {
  /// The samples of a document.
  static func of(_ item: AnnotatedDocument, _ document: Int, _ model: QuoteModel) -> [AttributionSample] {
    let all = item.input.tokens.all
    let annotations = item.annotations.map { Set($0.content.flatMap(Array.init)) }
    var samples: [AttributionSample] = []
    var cues: Set<ModelTokenIndex> = []
    var matches: [[[Double]]] = []
    var windowCues: [ModelTokenIndex] = []
    AttributionModel(model).visitWindows(in: item.input, within: AttributionModel.largestGap.training) {
      window, attributions, priors, _ in
      var sample = AttributionSample(document: document)
      let features = AttributionFeatures(window, of: all.span, priors: priors)
      for k in attributions.indices {
        var rows: [UInt32] = []
        let numbers = features.visit(attributions[k]) { rows.append($0) }
        sample.add(numbers, rows)
      }
      samples.append(sample)
      cues.insert(window.cue)
      windowCues.append(window.cue)
      matches.append(
        annotations.map { truth in attributions.indices.map { item.shared(attributions[$0].pieces, truth) } })
    }
    for index in samples.indices {
      // An attribution of the window's own cue; else of a cue that no window has.
      let own = item.annotations.indices.filter { item.annotations[$0].head == windowCues[index] }
      let others = item.annotations.indices.filter { item.annotations[$0].head.map { !cues.contains($0) } ?? true }
      let count = samples[index].rows.count
      samples[index].isTrue = Array(repeating: false, count: count)
      let paths = (own.isEmpty ? others : own).map { matches[index][$0] }
      guard let best = paths.flatMap({ $0 }).max(), best >= 0.5 else { continue }
      for path in paths { for k in 0..<count where path[k] >= best - 1e-9 { samples[index].isTrue[k] = true } }
    }
    return samples
  }
}

extension AnnotatedDocument {
  /// The tokens shared of all tokens in the pieces or the true content.
  func shared(_ pieces: InlineRanges, _ truth: Set<ModelTokenIndex>) -> Double {
    func size(_ i: ModelTokenIndex) -> Int { Int(input.tokens.all[i].end - input.tokens.all[i].first) }
    let content = Set(pieces.flatMap(Array.init))
    let shared = content.intersection(truth).reduce(0) { $0 + size($1) }
    return shared == 0 ? 0 : Double(shared) / Double(content.union(truth).reduce(0) { $0 + size($1) })
  }
}

/// Which of a window's candidates is the true one, or none.
typealias AttributionRegression = ChoiceRegression<AttributionFeatures.Numbers>

extension AttributionRegression {
  init(_ samples: [AttributionSample]) {
    var numbers = AttributionFeatures.Numbers.zero
    numbers[0] = -1
    self.init(rows: QuoteModel.attributionCount, numbers: numbers)
    learn(samples, canBeNone: true, rate: 0.05)
  }
}
