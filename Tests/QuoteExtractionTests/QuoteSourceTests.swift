import Foundation
import Hearsay
import HearsayText
import SentenceSplitting
import Testing

@testable import QuoteExtraction

@Suite("The model of quotes comes from a file that fits, or from none")
struct QuoteSourceTests {
  /// The file of weights that ships.
  static let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "../../Plugins/QuoteExtraction/Weights/quote-weights.bin"
  ).standardizedFileURL

  /// What making the stage with `model:` reports, at the place of the option.
  func diagnostics(_ model: String) -> [Diagnostic] {
    let value = SourcePlace(file: "p.yaml", line: 4, column: 12, width: model.utf8.count, text: "      model: \(model)")
    let key = SourcePlace(file: "p.yaml", line: 4, column: 5, width: 5, text: "      model: \(model)")
    let entry = ConfigNode.Entry(
      key: "model", keyPlace: key, value: ConfigNode(.scalar(model, isQuoted: false), at: value))
    var diagnostics: [Diagnostic] = []
    let stage = StageDescriptor(ExtractQuotes.self).make(ConfigNode(.map([entry]), at: key), at: key, &diagnostics)
    #expect((stage == nil) == !diagnostics.isEmpty)
    #expect(diagnostics.allSatisfy { $0.place == value })
    return diagnostics
  }

  /// Reports of a file with those bytes, without its path.
  func diagnostics(ofFile bytes: [UInt8]) throws -> [String] {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("quotes-\(UUID().uuidString).bin").path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return diagnostics(path).map {
      #expect($0.message.text.contains(path))
      return $0.message.text.replacing(path, with: "FILE")
    }
  }

  @Test(arguments: ["trained", "none"])
  func theWordsAreKnown(_ model: String) { #expect(diagnostics(model).isEmpty) }

  @Test func aMisspelledWordIsNoFile() {
    let found = diagnostics("trainde")
    #expect(found.map(\.suggestion) == ["trained"])
    #expect(found.map(\.message.text) == ["model: cannot read the weights 'trainde': no such file or directory"])
  }

  @Test func theShippedFileIsTheShippedModel() throws {
    #expect(diagnostics(Self.shipped.path).isEmpty)
    var options = ExtractQuotes.Options()
    options.model = try QuoteSource(path: Self.shipped.path)
    let text = "“We won,” said Ann Lee. The mayor believes that the plan will fail, and called it a “joke”."
    #expect(try extracted(text, options)[Quotes.self] == extracted(text)[Quotes.self])
    #expect(options.model.configValue == .string(Self.shipped.path))
  }

  @Test func aFileThatIsNotThereIsAnError() {
    #expect(
      diagnostics("/nowhere/weights.bin").map(\.message.text) == [
        "model: cannot read the weights '/nowhere/weights.bin': no such file or directory"
      ])
  }

  @Test func aFileThatDoesNotFitIsAnError() throws {
    let bytes = try [UInt8](Data(contentsOf: Self.shipped))
    let count = QuoteModel.byteCount
    #expect(
      try diagnostics(ofFile: Array(bytes.dropLast())) == [
        "model: 'FILE' is too short: its header announces \(count) bytes of weights, it has \(count - 1)"
      ])
    #expect(
      try diagnostics(ofFile: bytes + [0]) == [
        "model: 'FILE' is too long: its header announces \(count) bytes of weights, it has \(count + 1)"
      ])
    #expect(
      try diagnostics(ofFile: Array("a text and no weights at all, of no kind".utf8)) == [
        "model: 'FILE' is not a file of weights: it does not begin with 'HEARSAYW'"
      ])
    let payload = Array(bytes.dropFirst(WeightsFile.headerBytes))
    #expect(
      try diagnostics(ofFile: WeightsFile.encoded(payload, .stance, version: 1)) == [
        "model: 'FILE' has the weights of the stance model, not of the quote model"
      ])
    #expect(
      try diagnostics(ofFile: WeightsFile.encoded(payload, .quotes, version: 9)) == [
        "model: 'FILE' has version 9 of the weights of the quote model; this program reads version 1"
      ])
    var damaged = bytes
    damaged[5000] ^= 1
    #expect(try diagnostics(ofFile: damaged).first?.hasPrefix("model: 'FILE' is damaged:") == true)
  }
}
