import Foundation
import HearsayText
import Testing

@Suite("Weights that do not fit are an error")
struct WeightsFileTests {
  static let payload: [UInt8] = (0..<100).map { UInt8($0) }
  static let format = WeightsFile.Format(.quotes, version: 3, payloadBytes: 100)

  static var valid: [UInt8] { WeightsFile.encoded(payload, .quotes, version: 3) }

  /// The valid bytes with one of them changed.
  static func changed(_ offset: Int) -> [UInt8] {
    var bytes = valid
    bytes[offset] ^= 1
    return bytes
  }

  /// What reading the bytes as a file throws; `nil` where they are accepted.
  func reason(_ bytes: [UInt8]) throws -> WeightsError.Reason? {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("weights-\(UUID().uuidString).bin").path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    do throws(WeightsError) {
      let file = try WeightsFile(path: path, format: Self.format)
      #expect(unsafe Array(file.payload) == Self.payload)
      return nil
    } catch {
      #expect(error.name == path && error.description.contains(path))
      // Embedded weights are checked as a file's are.
      let embedded = #expect(throws: WeightsError.self) {
        try unsafe bytes.withUnsafeBufferPointer {
          _ = try unsafe WeightsFile(embedded: $0, name: path, format: Self.format)
        }
      }
      #expect(embedded == error)
      return error.reason
    }
  }

  @Test func whatWasWrittenIsRead() throws { #expect(try reason(Self.valid) == nil) }

  @Test func otherFilesAreNone() throws {
    #expect(try reason([]) == .noHeader)
    #expect(try reason(Array("a few words that are no weights, and more of them".utf8)) == .noHeader)
    #expect(try reason(Array(Self.valid.prefix(31))) == .noHeader)
    #expect(try reason(Self.changed(0)) == .noHeader)
  }

  @Test func theKindAndTheVersionAreChecked() throws {
    let stance = WeightsFile.encoded(Self.payload, .stance, version: 3)
    #expect(try reason(stance) == .kind(expected: .quotes, found: .stance, number: 3))
    #expect(try reason(Self.changed(10)) == .kind(expected: .quotes, found: nil, number: 0x1_0002))
    let later = WeightsFile.encoded(Self.payload, .quotes, version: 4)
    #expect(try reason(later) == .version(expected: 3, found: 4, of: .quotes))
  }

  @Test func theSizeIsChecked() throws {
    let other = WeightsFile.encoded(Self.payload + [0], .quotes, version: 3)
    #expect(try reason(other) == .size(expected: 100, found: 101, of: .quotes))
    #expect(try reason(Self.valid.dropLast()) == .length(expected: 100, found: 99))
    #expect(try reason(Array(Self.valid.prefix(32))) == .length(expected: 100, found: 0))
    #expect(try reason(Self.valid + [0]) == .length(expected: 100, found: 101))
  }

  @Test("A changed byte of the hash or the weights is found", arguments: [24, 31, 32, 77, 131])
  func theHashIsChecked(_ offset: Int) throws {
    guard case .hash = try reason(Self.changed(offset)) else {
      Issue.record("the change is not found")
      return
    }
  }

  @Test func whatCannotBeReadSaysWhy() {
    #expect(throws: WeightsError("/nowhere/weights.bin", .unreadable(code: ENOENT))) {
      try WeightsFile(path: "/nowhere/weights.bin", format: Self.format)
    }
    #expect(throws: WeightsError("/", .notAFile)) { try WeightsFile(path: "/", format: Self.format) }
    #expect(
      WeightsError("a.bin", .unreadable(code: ENOENT)).description
        == "cannot read the weights 'a.bin': no such file or directory")
  }
}
