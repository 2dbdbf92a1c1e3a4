import Hearsay

// The state of a run that broke off: `{"by": […], "others": [favor, neutral, against, thousandths], "rows": [[key…, …]]}`.
extension StanceSummary {
  /// All that was counted, as compact JSON.
  var checkpoint: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("by", .array(parts.map { .string($0.rawValue) }))
    json.member("others", .array(Self.numbers(others)))
    json.key("rows")
    json.beginArray()
    for (key, tally) in sorted { json.value(.array(key.map { .string($0) } + Self.numbers(tally))) }
    json.endArray()
    json.endObject()
    return json.bytes
  }

  /// Takes up what a run by the same options left.
  init(by parts: [Part], most: Int, checkpoint: [UInt8]) throws {
    self.init(by: parts, most: most)
    let value = try JSONReader.value(of: checkpoint)
    guard value["by"]?.arrayValue?.map(\.stringValue) == parts.map(\.rawValue),
      let others = Self.tally(value["others"]?.arrayValue ?? []), let rows = value["rows"]?.arrayValue
    else { throw StageError("the checkpoint is not of a table by \(parts.map(\.rawValue).joined(separator: ", "))") }
    var restored: [[String]: Tally] = [:]
    for row in rows {
      let cells = row.arrayValue ?? []
      let key = cells.prefix(parts.count).compactMap(\.stringValue)
      guard key.count == parts.count, let tally = Self.tally(Array(cells.dropFirst(parts.count))) else {
        throw StageError("the checkpoint has a row that is none")
      }
      restored[key] = tally
    }
    restore(restored, others: others)
  }

  private static func numbers(_ tally: Tally) -> [JSONValue] {
    [tally.favor, tally.neutral, tally.against, tally.thousandths].map { .number(String($0)) }
  }

  private static func tally(_ numbers: [JSONValue]) -> Tally? {
    let numbers = numbers.compactMap(\.intValue)
    guard numbers.count == 4 else { return nil }
    return Tally(favor: numbers[0], neutral: numbers[1], against: numbers[2], thousandths: numbers[3])
  }
}
