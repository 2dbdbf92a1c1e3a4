import Foundation
import QuoteExtraction

/// The reports that a frame may hold by a model that has not learned from its document, and which of them are true.
struct ReportSample {
  var document: Int
  var numbers: [ReportFeatures.Numbers] = []
  var rows: [[UInt32]] = []
  /// How right each is; all 0 where the frame holds no report.
  var isTrue: [Bool] = []

  /// The samples of a document.
  static func of(_ item: Case, _ document: Int, _ model: QuoteModel) -> [ReportSample] {
    let all = item.reading.elements.all
    let golds = item.golds.map { Set($0.content.flatMap(Array.init)) }
    var samples: [ReportSample] = []
    var cues: Set<Int> = []
    var matches: [[[Double]]] = []
    var frameCues: [Int] = []
    ReportFinder(model).visitFrames(in: item.reading, within: ReportFinder.mostLoss.training) {
      frame, reports, priors, _ in
      var sample = ReportSample(document: document)
      let features = ReportFeatures(frame, of: all.span, priors: priors)
      for k in reports.indices {
        var rows: [UInt32] = []
        sample.numbers.append(features.visit(reports[k]) { rows.append($0) })
        sample.rows.append(rows)
      }
      samples.append(sample)
      cues.insert(frame.cue)
      frameCues.append(frame.cue)
      matches.append(golds.map { truth in reports.indices.map { shared(reports[$0].pieces, truth, item) } })
    }
    for index in samples.indices {
      // A report of the frame's own cue; else of a cue that no frame has.
      let own = item.golds.indices.filter { item.golds[$0].head == frameCues[index] }
      let others = item.golds.indices.filter { item.golds[$0].head.map { !cues.contains($0) } ?? true }
      let count = samples[index].rows.count
      samples[index].isTrue = Array(repeating: false, count: count)
      let ways = (own.isEmpty ? others : own).map { matches[index][$0] }
      guard let best = ways.flatMap({ $0 }).max(), best >= 0.5 else { continue }
      for way in ways { for k in 0..<count where way[k] >= best - 1e-9 { samples[index].isTrue[k] = true } }
    }
    return samples
  }

  /// The tokens shared of all tokens in the pieces or the true content.
  static func shared(_ pieces: Pieces, _ truth: Set<Int>, _ item: Case) -> Double {
    func size(_ i: Int) -> Int { Int(item.reading.elements.all[i].end - item.reading.elements.all[i].first) }
    let content = Set(pieces.flatMap(Array.init))
    let shared = content.intersection(truth).reduce(0) { $0 + size($1) }
    return shared == 0 ? 0 : Double(shared) / Double(content.union(truth).reduce(0) { $0 + size($1) })
  }
}

/// Which of a frame's reports is the true one, by logistic regression over all of them and none, learned by AdaGrad.
struct ReportRegression {
  var weights = [Float](repeating: 0, count: QuoteModel.reportCount)
  var numbers = ReportFeatures.Numbers.zero

  init() {}

  init(_ samples: [ReportSample], epochs: Int = 8, rate: Float = 0.05, decay: Float = 1e-4) {
    var squares = [Float](repeating: 1, count: weights.count)
    var numberSquares = ReportFeatures.Numbers(repeating: 100)
    numbers[0] = -1
    for epoch in 0..<epochs {
      for index in scattered(samples.count, epoch) {
        let sample = samples[index]
        let scores = sample.rows.indices.map { score(sample, $0) }
        let top = max(0, scores.max() ?? 0)
        let factors = scores.map { exp($0 - top) }
        let sum = factors.reduce(exp(-top), +)
        var trueSum: Float = 0
        for k in factors.indices where sample.isTrue[k] { trueSum += factors[k] }
        for k in factors.indices {
          let truth = sample.isTrue[k] ? factors[k] / max(trueSum, 1e-30) : 0
          let error = factors[k] / sum - truth
          if abs(error) < 1e-3 { continue }
          for row in sample.rows[k] {
            let row = Int(row)
            let gradient = error + decay * weights[row]
            squares[row] += gradient * gradient
            weights[row] -= rate * gradient / squares[row].squareRoot()
          }
          let gradient = error * sample.numbers[k]
          numberSquares += gradient * gradient
          numbers -= rate * gradient / numberSquares.squareRoot()
        }
      }
    }
  }

  private func score(_ sample: ReportSample, _ k: Int) -> Float {
    var sum: Float = 0
    for row in sample.rows[k] { sum += weights[Int(row)] }
    return sum + (numbers * sample.numbers[k]).sum()
  }
}
