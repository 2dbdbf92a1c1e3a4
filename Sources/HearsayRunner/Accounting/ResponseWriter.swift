internal import Foundation
internal import Hearsay
internal import HearsayStreams
internal import HearsayText

/// Writes one line for each record of the input, in order, for a program that has asked for them all. A record that a
/// stage replaces by several documents has a line for each.
///
/// | what became of it | the line |
/// | --- | --- |
/// | passed all stages | the document in the document format |
/// | dropped | `{"id": …, "dropped": {"stage": …, "reason": …, "detail": …}}` |
/// | failed | the record as it came, with `"error": {"stage": …, "message": …}` |
/// | no JSON object | `{"id": …, "raw": …, "error": …}`, or `raw_base64` where it is not UTF-8 |
///
/// `stage` is `null` where the record could not be read. A batch is written as soon as it is done: nothing waits for
/// input that does not come.
struct ResponseWriter: Sendable {
  private let descriptor: Int32

  init(descriptor: Int32) { self.descriptor = descriptor }

  func write(_ batch: Batch, steps: [StageStep]) throws(RunError) {
    var lines: [UInt8] = []
    for slot in batch.slots {
      if let response = slot.response {
        lines += response
        continue
      }
      var json = JSONWriter()
      json.beginObject()
      switch slot.outcome {
      case .going: continue
      case .dropped(let step, let reason, let detail):
        json.member("id", slot.id ?? batch.raw.fallbackID(at: slot.record))
        json.key("dropped")
        json.beginObject()
        json.member("stage", steps[step].label)
        json.member("reason", reason)
        if let detail { json.member("detail", detail) }
        json.endObject()
      case .failed(let step, let error):
        Self.write(batch.raw.rawBytes(at: slot.record), id: slot.id ?? batch.raw.fallbackID(at: slot.record), to: &json)
        json.key("error")
        json.beginObject()
        json.member("stage", step.map { steps[$0].label })
        json.member("message", "\(error)")
        json.endObject()
      }
      json.endObject()
      json.newline()
      lines += json.bytes
    }
    if isatty(descriptor) == 1 { lines = TerminalFilter.json.filtered(lines.span) ?? lines }
    do {
      try lines.write(to: descriptor, path: "-")
    } catch {
      throw RunError(action: .response, error: error)
    }
  }

  /// The members of a failed record, but an `error` that it had.
  private static func write(_ raw: [UInt8], id: String, to json: inout JSONWriter) {
    if let members = (try? JSONReader.value(of: raw))?.objectValue {
      if !members.contains(where: { $0.key == "id" }) { json.member("id", id) }
      for member in members where member.key != "error" { json.member(named: member.key, member.value) }
      return
    }
    json.member("id", id)
    json.rawRecord(raw)
  }
}
