import Hearsay

// A checkpoint: `{"by": […], "others": [favor, neutral, against, thousandths], "rows": [[key…, …]]}`.
extension StanceCounts {
  /// The counts as compact JSON.
  var checkpoint: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("by", .array(keys.map { .string($0.rawValue) }))
    json.member("others", .array(Self.numbers(others)))
    json.key("rows")
    json.beginArray()
    for (key, counts) in sorted { json.value(.array(key.map { .string($0) } + Self.numbers(counts))) }
    json.endArray()
    json.endObject()
    return json.bytes
  }

  /// Restores the counts from a checkpoint of a run with the same options.
  init(by keys: [GroupingKey], maximumRows: Int, checkpoint: [UInt8]) throws {
    self.init(by: keys, maximumRows: maximumRows)
    let value = try JSONReader.value(of: checkpoint)
    guard value["by"]?.arrayValue?.map(\.stringValue) == keys.map(\.rawValue),
      let others = Self.counts(value["others"]?.arrayValue ?? []), let rows = value["rows"]?.arrayValue
    else { throw StageError("the checkpoint is not of a table by \(keys.map(\.rawValue).joined(separator: ", "))") }
    var restored: [[String]: LabelCounts] = [:]
    for row in rows {
      let cells = row.arrayValue ?? []
      let key = cells.prefix(keys.count).compactMap(\.stringValue)
      guard key.count == keys.count, let counts = Self.counts(Array(cells.dropFirst(keys.count))) else {
        throw StageError("the checkpoint has a malformed row")
      }
      restored[key] = counts
    }
    restore(restored, others: others)
  }

  private static func numbers(_ counts: LabelCounts) -> [JSONValue] {
    [counts.favor, counts.neutral, counts.against, counts.thousandths].map { .number(String($0)) }
  }

  private static func counts(_ numbers: [JSONValue]) -> LabelCounts? {
    let numbers = numbers.compactMap(\.intValue)
    guard numbers.count == 4 else { return nil }
    return LabelCounts(favor: numbers[0], neutral: numbers[1], against: numbers[2], thousandths: numbers[3])
  }
}
