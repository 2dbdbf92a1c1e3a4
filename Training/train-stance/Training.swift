import StanceScoring

/// Learns the weights of the table's rows from samples.
///
/// A word's weight is the sum of its own and of what its vector tells: for each lane there is a vector of weights that all
/// words share, and its product with the word's vector is added. All of it is linear, so that the compact form holds the
/// sums and nothing is left of the vectors: also a word that no sample has weighs what words like it weigh.
struct Training {
  private let table: Table
  private let vectors: WordVectors
  /// The column of each weight that occurs.
  private var columns: [Int: Int32] = [:]
  /// What a number of a vector counts for beside the words' own weights. From cross-validation.
  private static let axisScale: Float = 0.5

  /// The compact weights that the samples teach.
  static func compactWeights(_ samples: [Sample], _ vectors: WordVectors) -> [UInt8] {
    var training = Training(table: Table(samples, vectors), vectors: vectors)
    let rows = training.rows(samples)
    return training.compact(Regression(rows, columns: training.columns.count).fit())
  }

  private init(table: Table, vectors: WordVectors) {
    self.table = table
    self.vectors = vectors
  }

  private mutating func rows(_ samples: [Sample]) -> [Regression.Row] {
    let empty = table.compact(bias: [0, 0]) { _, _ in 0 }
    return unsafe empty.withUnsafeBufferPointer { compact in
      let model = unsafe StanceModel(compact: compact)
      return samples.map { row($0, in: model) }
    }
  }

  private mutating func row(_ sample: Sample, in model: StanceModel) -> Regression.Row {
    var row = Regression.Row(columns: [], values: [], label: Sample.Label.allCases.firstIndex(of: sample.label) ?? 2)
    // For each lane the sum of its words' vectors.
    var sums: [Int: [Float]] = [:]
    for (slot, value) in sample.features(in: model) {
      let lesson = StanceTable.lesson(of: slot)
      for weight in [slot] + lesson.shared {
        row.columns.append(column(weight))
        row.values.append(value * lesson.scale)
        guard let (vector, lane) = vector(of: weight) else { continue }
        var sum = sums[lane] ?? Array(repeating: 0, count: vectors.axes)
        for axis in vector.indices { sum[axis] += vector[axis] * value * lesson.scale * Self.axisScale }
        sums[lane] = sum
      }
    }
    for (lane, sum) in sums.sorted(by: { $0.key < $1.key }) {
      for axis in sum.indices {
        row.columns.append(column(axisWeight(lane, axis)))
        row.values.append(sum[axis])
      }
    }
    return row
  }

  /// The table with three weights a column, then three biases.
  private func compact(_ learned: [Double]) -> [UInt8] {
    // What neutral has is taken from the other two.
    func weight(_ column: Int, _ side: Int) -> Float { Float(learned[3 * column + side] - learned[3 * column + 2]) }
    func known(_ number: Int, _ side: Int) -> Float { columns[number].map { weight(Int($0), side) } ?? 0 }
    func whole(_ number: Int, _ side: Int) -> Float {
      guard let (vector, lane) = vector(of: number) else { return known(number, side) }
      return vector.indices.reduce(known(number, side)) {
        $0 + known(axisWeight(lane, $1), side) * vector[$1] * Self.axisScale
      }
    }
    return table.compact(bias: [weight(columns.count, 0), weight(columns.count, 1)]) { slot, side in
      let slot = StanceTable.learned(slot)
      let lesson = StanceTable.lesson(of: slot)
      return ([slot] + lesson.shared).reduce(0) { $0 + whole($1, side) } * lesson.scale
    }
  }

  private mutating func column(_ weight: Int) -> Int32 {
    if let column = columns[weight] { return column }
    columns[weight] = Int32(columns.count)
    return Int32(columns.count - 1)
  }

  /// The vector of the word that a weight is of, and the weight's lane.
  private func vector(of weight: Int) -> (vector: [Float], lane: Int)? {
    guard let place = StanceTable.place(ofWordWeight: weight), let key = table.owner(ofRow: place.row),
      let vector = vectors[key]
    else { return nil }
    return (vector, place.lane)
  }

  /// The number of the weight that all words share in a lane for an axis: they stand behind all other weights.
  private func axisWeight(_ lane: Int, _ axis: Int) -> Int { StanceTable.learned + lane * vectors.axes + axis }
}
