internal import Foundation
internal import Hearsay

extension JSONWriter {
  /// Writes a record as it came: `raw` where it is UTF-8, else `raw_base64`; `"raw": null` where it is no longer there.
  mutating func rawRecord(_ raw: [UInt8]) {
    if raw.isEmpty {
      key("raw")
      null()
    } else if raw.isValidUTF8 {
      key("raw")
      string(raw.span)
    } else {
      member("raw_base64", Data(raw).base64EncodedString())
    }
  }
}
