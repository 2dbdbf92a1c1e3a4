import Foundation

/// Multinomial logistic regression of three classes, the classes weighted alike, with L2, by limited-memory BFGS (Nocedal
/// and Wright, Numerical Optimization, algorithm 7.5). It is deterministic.
struct Regression {
  /// A sample: its features' columns and values, and its class from 0 to 2.
  struct Row {
    var columns: [Int32]
    var values: [Float]
    var label: Int
  }

  private let rows: [Row]
  private let columns: Int
  private let classWeights: [Double]
  /// Stops before convergence, against overfitting. From cross-validation.
  private static let iterations = 40
  private static let history = 8

  init(_ rows: [Row], columns: Int) {
    self.rows = rows
    self.columns = columns
    classWeights = (0..<3).map { label in
      Double(rows.count) / (3 * Double(max(rows.count { $0.label == label }, 1)))
    }
  }

  /// Three weights a column, then three biases.
  func fit() -> [Double] {
    var x = [Double](repeating: 0, count: 3 * columns + 3)
    var (loss, gradient) = lossAndGradient(x)
    var steps: [(s: [Double], y: [Double], rho: Double)] = []
    for _ in 0..<Self.iterations {
      // The two loops over the last steps.
      var direction = gradient
      var alphas: [Double] = []
      for step in steps.reversed() {
        let alpha = step.rho * dot(step.s, direction)
        alphas.append(alpha)
        for i in direction.indices { direction[i] -= alpha * step.y[i] }
      }
      if let last = steps.last {
        let scale = 1 / (last.rho * dot(last.y, last.y))
        for i in direction.indices { direction[i] *= scale }
      } else {
        let scale = 1 / max(dot(gradient, gradient).squareRoot(), 1)
        for i in direction.indices { direction[i] *= scale }
      }
      for (step, alpha) in zip(steps, alphas.reversed()) {
        let beta = step.rho * dot(step.y, direction)
        for i in direction.indices { direction[i] += step.s[i] * (alpha - beta) }
      }
      // Backtracking until the loss falls enough.
      let slope = -dot(direction, gradient)
      var length = 1.0
      var next = x
      var nextLoss = loss
      var nextGradient = gradient
      repeat {
        for i in x.indices { next[i] = x[i] - length * direction[i] }
        (nextLoss, nextGradient) = lossAndGradient(next)
        length /= 2
      } while nextLoss > loss + 1e-4 * 2 * length * slope && length > 1e-6
      let s = zip(next, x).map { $0 - $1 }
      let y = zip(nextGradient, gradient).map { $0 - $1 }
      let curvature = dot(s, y)
      if curvature > 1e-10 { steps.append((s, y, 1 / curvature)) }
      if steps.count > Self.history { steps.removeFirst() }
      if abs(loss - nextLoss) < 1e-7 * abs(loss) { return next }
      (x, loss, gradient) = (next, nextLoss, nextGradient)
    }
    return x
  }

  private func lossAndGradient(_ x: [Double]) -> (loss: Double, gradient: [Double]) {
    var loss = 0.0
    var gradient = x
    for k in 0..<3 { gradient[3 * columns + k] = 0 }
    for i in 0..<3 * columns { loss += 0.5 * x[i] * x[i] }
    for row in rows {
      var logits = [x[3 * columns], x[3 * columns + 1], x[3 * columns + 2]]
      for (column, value) in zip(row.columns, row.values) {
        for k in 0..<3 { logits[k] += x[3 * Int(column) + k] * Double(value) }
      }
      let top = max(logits[0], logits[1], logits[2])
      let exps = logits.map { exp($0 - top) }
      let sum = exps[0] + exps[1] + exps[2]
      let weight = classWeights[row.label]
      loss -= weight * (logits[row.label] - top - log(sum))
      for k in 0..<3 {
        let error = weight * (exps[k] / sum - (row.label == k ? 1 : 0))
        gradient[3 * columns + k] += error
        for (column, value) in zip(row.columns, row.values) { gradient[3 * Int(column) + k] += error * Double(value) }
      }
    }
    return (loss, gradient)
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
  }
}
