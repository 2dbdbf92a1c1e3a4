import Foundation
import QuoteExtraction

/// How often each word is a cue where it occurs, from 0 to 6: the table of `QuoteModel`.
func priors(_ cases: [AnnotatedDocument]) -> [UInt8] {
  var frequency: [UInt32: Int] = [:]
  var heads: [UInt32: Int] = [:]
  for item in cases {
    for token in item.input.tokens.all where !token.isQuotation { frequency[token.word, default: 0] += 1 }
    for annotation in item.annotations {
      if let head = annotation.head { heads[item.input.tokens.all[head].word, default: 0] += 1 }
    }
  }
  var table = [UInt8](repeating: 0, count: QuoteModel.priorCount)
  for (word, count) in heads {
    let rate = Double(count) / Double((frequency[word] ?? 0) + 2)
    guard count >= 2 && rate > 0.02 || rate > 0.15 else { continue }
    let step: UInt8 = rate < 0.05 ? 2 : rate < 0.12 ? 3 : rate < 0.25 ? 4 : rate < 0.5 ? 5 : 6
    let slot = QuoteModel.priorSlot(word)
    table[slot] = max(table[slot], step)
  }
  return table
}

/// A word that may be a cue.
struct CueSample {
  var document: Int
  var sentence: Int
  var token: ModelTokenIndex
  var isCue: Bool
  var rows: [UInt32]
}

/// Documents that are left out together where a model must not have learned from what it is asked about.
func part(ofDocument document: Int, of parts: Int) -> Int { document / 4 % parts }

/// The words of the documents that may be cues, and the cues that do not look like any.
///
/// How often a word is a cue is counted in other documents, as it is for a new text: counted in its own, a word of one
/// document would look more certain than it is.
func cueSamples(_ cases: [AnnotatedDocument], _ documents: [Int], parts: Int = 16) -> [CueSample] {
  let tables = (0..<parts).map { left in
    priors(documents.filter { part(ofDocument: $0, of: parts) != left }.map { cases[$0] })
  }
  var samples: [CueSample] = []
  for document in documents {
    let item = cases[document]
    let all = item.input.tokens.all
    let heads = Set(item.annotations.compactMap(\.head))
    let table = tables[part(ofDocument: document, of: parts)]
    let priors = QuoteModel.priors(of: all.span) { table[$0] }
    for (number, sentence) in item.input.tokens.sentences.enumerated() {
      for i in sentence where priors[of: i] > 0 || heads.contains(i) {
        var rows: [UInt32] = []
        rows.reserveCapacity(CueFeatures.count)
        CueFeatures.visit(i, in: sentence, of: all.span, priors: priors.span) { rows.append($0) }
        samples.append(
          CueSample(document: document, sentence: number, token: i, isCue: heads.contains(i), rows: rows))
      }
    }
  }
  return samples
}

/// Logistic regression by AdaGrad in a scattered but fixed order, weights decayed by L2.
struct CueRegression {
  var weights = [Float](repeating: 0, count: QuoteModel.cueCount)

  init(_ samples: [CueSample], epochs: Int = 8, rate: Float = 0.04, decay: Float = 2e-4) {
    var squares = [Float](repeating: 1, count: weights.count)
    for epoch in 0..<epochs {
      for index in scattered(samples.count, epoch) {
        let sample = samples[index]
        let error = 1 / (1 + exp(-logit(sample))) - (sample.isCue ? 1 : 0)
        for row in sample.rows {
          let row = Int(row)
          let gradient = error + decay * weights[row]
          squares[row] += gradient * gradient
          weights[row] -= rate * gradient / squares[row].squareRoot()
        }
      }
    }
  }

  func logit(_ sample: CueSample) -> Float { sample.rows.reduce(0) { $0 + weights[Int($1)] } }
}

/// Each number below `count` once, in an order that looks random and is always the same.
///
/// - Parameter order: Which of some such orders.
func scattered(_ count: Int, _ start: Int, order: Int = 0) -> some Sequence<Int> {
  let primes = [1_000_003, 1_000_033, 1_000_037, 1_000_039, 1_000_081, 1_000_099]
  let strides = primes.filter { count == 0 || count % $0 != 0 }
  let stride = strides[order % strides.count]
  return (0..<count).lazy.map { ($0 &* stride &+ start) % count }
}
