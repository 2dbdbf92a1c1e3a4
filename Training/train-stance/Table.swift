import HearsayText
import StanceScoring

/// The table in training: assigns its rows to keys.
struct Table {
  /// The key of each row, by the row's first slot.
  private var owners: [Int: StanceTable.Key] = [:]
  /// A key that occurs less often and has no vector gets no row: other texts are unlikely to have it.
  private static let minimumCount = 2

  /// Assigns the rows of each line to the most frequent keys, then to words with a vector, as far as there are rows.
  init(_ samples: [Sample], _ vectors: WordVectors) {
    var counts: [StanceTable.Key: Int] = [:]
    for sample in samples { for key in Set(sample.keys) { counts[key, default: 0] += 1 } }
    let byCount = counts.sorted { ($1.value, $0.key.line, $0.key.check) < ($0.value, $1.key.line, $1.key.check) }
    let seen = byCount.prefix { $0.value >= Self.minimumCount }.map(\.key)
    let wanted = seen + vectors.words.filter { counts[$0, default: 0] < Self.minimumCount }
    for key in wanted {
      let rows = (0..<key.kind.rowsPerLine).map { Int(key.line) + $0 * key.kind.lanes }
      if let free = rows.first(where: { owners[$0] == nil }) { owners[free] = key }
    }
    print("\(owners.count) rows for \(wanted.count) words, pairs and patterns")
  }

  /// The key of the row that begins at a slot.
  func owner(ofRow slot: Int) -> StanceTable.Key? { owners[slot] }

  /// The file of weights: see `StanceModel`. Weights are rounded to 255 steps.
  ///
  /// - Parameters:
  ///   - bias: The biases of favor and against.
  ///   - weight: The weight of a slot or a feature of `PolarityFeatures` on a side, 0 being favor.
  func weightsFile(bias: StanceModel.Logits, weight: (_ slot: Int, _ side: Int) -> Float) -> [UInt8] {
    var slots = [Float](repeating: 0, count: 2 * StanceTable.slots)
    var largest: [Float] = [0, 0]
    for slot in 0..<StanceTable.slots where StanceTable.feature(of: slot).isWeight {
      for side in 0..<2 {
        slots[2 * slot + side] = weight(slot, side)
        let kind = Self.kind(of: slot)
        largest[kind] = max(largest[kind], abs(slots[2 * slot + side]))
      }
    }
    let steps = largest.map { $0 > 0 ? $0 / 127 : 1 }
    var header = StanceModelHeader()
    (header.step, header.ngramStep) = (steps[0], steps[1])
    header.bias = bias
    for feature in header.polarityFeatures.indices {
      let slot = StanceTable.polarityFeatures + feature
      header.polarityFeatures[feature] = StanceModel.Logits(favor: weight(slot, 0), against: weight(slot, 1))
    }
    var payload = header.encoded
    for (i, weight) in slots.enumerated() {
      payload.append(UInt8(bitPattern: Int8((weight / steps[Self.kind(of: i / 2)]).rounded())))
    }
    for (first, key) in owners {
      let check = StanceModelHeader.byteCount + 2 * (first + key.kind.lanes - 1)
      payload[check] = UInt8(truncatingIfNeeded: key.check)
      payload[check + 1] = UInt8(key.check >> 8)
    }
    return WeightsFile.encoded(payload, StanceModel.format.kind, version: StanceModel.format.version)
  }

  /// The index of a slot's step: n-grams have a step of their own.
  private static func kind(of slot: Int) -> Int {
    if case .ngram = StanceTable.feature(of: slot) { 1 } else { 0 }
  }
}
