import Foundation

/// What a model chooses among, and which of it is true.
struct ChoiceSample<Numbers: SIMD> where Numbers.Scalar == Float {
  var document: Int
  /// The features of each that are numbers, and the rows of those that it has.
  var numbers: [Numbers] = []
  var rows: [[UInt32]] = []
  /// None where what is true is not among it.
  var isTrue: [Bool] = []

  init(document: Int) { self.document = document }

  mutating func add(_ numbers: Numbers, _ rows: [UInt32]) {
    self.numbers.append(numbers)
    self.rows.append(rows)
  }
}

/// Which of several is the true one, by logistic regression over all of them, learned by AdaGrad.
struct ChoiceRegression<Numbers: SIMD> where Numbers.Scalar == Float {
  var weights: [Float]
  var numbers: Numbers

  /// - Parameters:
  ///   - rows: The rows of the table of weights.
  ///   - numbers: The weights of the features that are numbers, before anything is learned.
  init(rows: Int, numbers: Numbers) {
    weights = [Float](repeating: 0, count: rows)
    self.numbers = numbers
  }

  /// - Parameter canBeNone: Whether what is true may be none of a sample, which weighs 0.
  mutating func learn(
    _ samples: [ChoiceSample<Numbers>], canBeNone: Bool, rate: Float, epochs: Int = 8, decay: Float = 1e-4
  ) {
    var squares = [Float](repeating: 1, count: weights.count)
    var numberSquares = Numbers(repeating: 100)
    for epoch in 0..<epochs {
      for index in scattered(samples.count, epoch) {
        let sample = samples[index]
        let scores = sample.rows.indices.map { score(sample, $0) }
        let best = scores.max() ?? 0
        let top = canBeNone ? max(0, best) : best
        let factors = scores.map { exp($0 - top) }
        let sum = factors.reduce(canBeNone ? exp(-top) : 0, +)
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

  func score(_ sample: ChoiceSample<Numbers>, _ k: Int) -> Float {
    var sum: Float = 0
    for row in sample.rows[k] { sum += weights[Int(row)] }
    return sum + (numbers * sample.numbers[k]).sum()
  }

  /// The weights of the numbers, a lane each.
  var lanes: [Float] { numbers.indices.map { numbers[$0] } }
}
