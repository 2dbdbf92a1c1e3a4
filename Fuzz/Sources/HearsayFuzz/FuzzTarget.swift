/// What is fed with bytes that libFuzzer makes up: a crash, a trap or a hang of it is a finding.
struct FuzzTarget: Sendable {
  let name: String
  let run: @Sendable ([UInt8]) -> Void

  static let all: [FuzzTarget] = [.json, .csv, .warc, .yaml, .html, .text, .quotes]
}

/// Stops where a property does not hold, so that libFuzzer keeps the input.
func check(_ holds: Bool, _ message: @autoclosure () -> String) {
  if !holds { fatalError(message()) }
}
