import Foundation
import QuoteExtraction

/// The candidates for the speaker of a report by a model that has not learned from its document, and which are true.
struct SpeakerSample {
  var document: Int
  var numbers: [[Float]] = []
  var rows: [[UInt32]] = []
  var isTrue: [Bool] = []
  /// Whether the true speaker is none of the candidates.
  var isLost = false

  /// The samples of a document: the reports found that share half of their content or more with a true one.
  static func of(_ item: Case, _ document: Int, _ model: QuoteModel) -> [SpeakerSample] {
    let all = item.reading.elements.all
    let golds = item.golds.map { Set($0.content.flatMap(Array.init)) }
    let (reports, isContent) = ReportFinder(model).reportsOfLabels(in: item.reading, least: 0.2)
    var samples: [SpeakerSample] = []
    for (index, report) in reports.enumerated() {
      let shares = golds.map { ReportSample.shared(report.pieces, $0, item) }
      guard let gold = shares.indices.max(by: { shares[$0] < shares[$1] }), shares[gold] >= 0.5 else { continue }
      let speaker = item.golds[gold].speaker
      let previous = SpeakerFeatures.Neighbour(index - 1, of: reports)
      let next = SpeakerFeatures.Neighbour(index + 1, of: reports)
      var sample = SpeakerSample(document: document)
      for rank in report.speakers.indices.map(Optional.init) + [nil] {
        var numbers = [Float](repeating: 0, count: SpeakerFeatures.dense)
        var rows: [UInt32] = []
        SpeakerFeatures.visit(
          rank, of: report, previous: previous, next: next, isContent: isContent.span, in: all.span
        ) {
          numbers[$0] = $1
        } row: {
          rows.append($0)
        }
        sample.numbers.append(numbers)
        sample.rows.append(rows)
        let isTrue =
          if let rank, let speaker { report.speakers[rank].range.overlaps(speaker) } else {
            rank == nil && speaker == nil
          }
        sample.isTrue.append(isTrue)
      }
      // Where the true speaker is none of the candidates, none is right.
      if !sample.isTrue.contains(true) {
        sample.isTrue[sample.isTrue.count - 1] = true
        sample.isLost = true
      }
      samples.append(sample)
    }
    return samples
  }
}

/// Which of a report's candidates is its speaker, by logistic regression over all of them and none, learned by AdaGrad.
struct SpeakerRegression {
  var weights = [Float](repeating: 0, count: QuoteModel.speakerCount)
  var numbers = [Float](repeating: 0, count: SpeakerFeatures.dense)

  init() {}

  init(_ samples: [SpeakerSample], epochs: Int = 8, rate: Float = 0.03, decay: Float = 1e-4) {
    var squares = [Float](repeating: 1, count: weights.count)
    var numberSquares = [Float](repeating: 100, count: numbers.count)
    numbers[0] = 1
    for epoch in 0..<epochs {
      for index in scattered(samples.count, epoch) {
        let sample = samples[index]
        let scores = sample.rows.indices.map { score(sample, $0) }
        let top = scores.max() ?? 0
        let factors = scores.map { exp($0 - top) }
        let sum = factors.reduce(0, +)
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
          for feature in numbers.indices {
            let gradient = error * sample.numbers[k][feature]
            numberSquares[feature] += gradient * gradient
            numbers[feature] -= rate * gradient / numberSquares[feature].squareRoot()
          }
        }
      }
    }
  }

  /// Prints how often the choice is right.
  func tell(of samples: [SpeakerSample]) {
    var (right, wrong, noneForOne, oneForNone, lost) = (0, 0, 0, 0, 0)
    for sample in samples {
      let scores = sample.rows.indices.map { score(sample, $0) }
      guard let best = scores.indices.max(by: { scores[$0] < scores[$1] }) else { continue }
      let isNone = best == scores.count - 1
      if sample.isLost {
        lost += 1
      } else if sample.isTrue[best] {
        right += 1
      } else if isNone {
        noneForOne += 1
      } else if sample.isTrue.last == true {
        oneForNone += 1
      } else {
        wrong += 1
      }
    }
    print(
      "speakers: \(right) right, \(wrong) wrong, \(noneForOne) none for one, \(oneForNone) one for none, \(lost) lost")
  }

  private func score(_ sample: SpeakerSample, _ k: Int) -> Float {
    var sum: Float = 0
    for row in sample.rows[k] { sum += weights[Int(row)] }
    for feature in numbers.indices { sum += numbers[feature] * sample.numbers[k][feature] }
    return sum
  }
}
