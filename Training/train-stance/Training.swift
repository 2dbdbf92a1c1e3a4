import StanceScoring

/// Trains the weights of the table's rows.
///
/// The weight of a word is the sum of its own weight and of the product of its word vector with a vector of weights that
/// all words share in that lane. All of it is linear, so the table holds the sums and the word vectors are not needed at run
/// time. A word that is in no sample gets the weight of words like it.
struct Training {
  private let table: Table
  private let vectors: WordVectors
  /// The column of each weight that occurs.
  private var columns: [Int: Int32] = [:]
  /// Scales the numbers of the vectors relative to the words' own weights. From cross-validation.
  private static let axisScale: Float = 0.5

  /// The file of weights trained on the samples.
  static func weightsFile(_ samples: [Sample], _ vectors: WordVectors) throws -> [UInt8] {
    var training = Training(table: Table(samples, vectors), vectors: vectors)
    let rows = try training.rows(samples)
    return training.weightsFile(Regression(rows, columns: training.columns.count).fit())
  }

  private init(table: Table, vectors: WordVectors) {
    self.table = table
    self.vectors = vectors
  }

  private mutating func rows(_ samples: [Sample]) throws -> [Regression.Row] {
    let untrained = table.weightsFile(bias: StanceModel.Logits(favor: 0, against: 0)) { _, _ in 0 }
    return try StanceModel.withModel(in: untrained) { model in samples.map { row($0, in: model) } }
  }

  private mutating func row(_ sample: Sample, in model: StanceModel) -> Regression.Row {
    var row = Regression.Row(columns: [], values: [], label: Sample.Label.allCases.firstIndex(of: sample.label) ?? 2)
    // The sum of the word vectors in each lane.
    var sums: [Int: [Float]] = [:]
    for (slot, value) in sample.features(in: model) {
      let sharing = WeightSharing(of: slot)
      for weight in [slot] + sharing.shared {
        row.columns.append(column(weight))
        row.values.append(value * sharing.scale)
        guard let (vector, lane) = vector(of: weight) else { continue }
        var sum = sums[lane] ?? Array(repeating: 0, count: vectors.axes)
        for axis in vector.indices { sum[axis] += vector[axis] * value * sharing.scale * Self.axisScale }
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

  /// The file of weights, from three weights for each column, then three biases.
  private func weightsFile(_ trained: [Double]) -> [UInt8] {
    // Relative to the weight of neutral.
    func weight(_ column: Int, _ side: Int) -> Float { Float(trained[3 * column + side] - trained[3 * column + 2]) }
    func known(_ number: Int, _ side: Int) -> Float { columns[number].map { weight(Int($0), side) } ?? 0 }
    func whole(_ number: Int, _ side: Int) -> Float {
      guard let (vector, lane) = vector(of: number) else { return known(number, side) }
      return vector.indices.reduce(known(number, side)) {
        $0 + known(axisWeight(lane, $1), side) * vector[$1] * Self.axisScale
      }
    }
    let bias = StanceModel.Logits(favor: weight(columns.count, 0), against: weight(columns.count, 1))
    return table.weightsFile(bias: bias) { slot, side in
      let slot = WeightSharing.trainedSlot(slot)
      let sharing = WeightSharing(of: slot)
      return ([slot] + sharing.shared).reduce(0) { $0 + whole($1, side) } * sharing.scale
    }
  }

  private mutating func column(_ weight: Int) -> Int32 {
    if let column = columns[weight] { return column }
    columns[weight] = Int32(columns.count)
    return Int32(columns.count - 1)
  }

  /// The vector of the word of a weight, and the weight's lane.
  private func vector(of weight: Int) -> (vector: [Float], lane: Int)? {
    guard case .word(let row, let lane) = StanceTable.feature(of: weight), let key = table.owner(ofRow: row),
      let vector = vectors[key]
    else { return nil }
    return (vector, lane)
  }

  /// The number of the weight that all words share in a lane for an axis; these are after all other weights.
  private func axisWeight(_ lane: Int, _ axis: Int) -> Int { WeightSharing.count + lane * vectors.axes + axis }
}
