internal import Hearsay

/// Puts the environment's values into a file's scalars: `${NAME}`, `${NAME:-default}`, and `$${` for a literal `${`.
///
/// A key is never touched, and what was put in is not looked into again.
struct Variables {
  let environment: [String: String]
  private(set) var diagnostics: [Diagnostic] = []
  /// How many bytes all values together may still grow to.
  private var budget = YAMLReader.maximumBytes

  init(environment: [String: String]) { self.environment = environment }

  mutating func expand(_ node: ConfigNode) -> ConfigNode {
    var node = node
    switch node.content {
    case .scalar(let text, let isQuoted):
      guard text.utf8.contains(UInt8(ascii: "$")) else { return node }
      node.content = .scalar(expand(text, at: node.place), isQuoted: isQuoted)
    case .list(let nodes):
      node.content = .list(nodes.map { expand($0) })
    case .map(let entries):
      node.content = .map(
        entries.map { ConfigNode.Entry(key: $0.key, keyPlace: $0.keyPlace, value: expand($0.value)) })
    }
    return node
  }

  private mutating func expand(_ text: String, at place: SourcePlace) -> String {
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    var i = 0
    while i < bytes.count {
      if bytes[i...].starts(with: "$${".utf8) {
        output += "${".utf8
        i += 3
      } else if bytes[i...].starts(with: "${".utf8) {
        guard let end = bytes[i...].firstIndex(of: UInt8(ascii: "}")) else {
          diagnostics.append(Diagnostic(.openVariable, at: narrow(place, to: "${")))
          return text
        }
        let reference = String(decoding: bytes[i + 2..<end], as: UTF8.self)
        let value = value(of: reference, at: place)
        guard value.utf8.count <= budget else {
          diagnostics.append(Diagnostic(.tooMuchText, at: place))
          return text
        }
        budget -= value.utf8.count
        output += value.utf8
        i = end + 1
      } else {
        output.append(bytes[i])
        i += 1
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The value of what stands between the braces.
  private mutating func value(of reference: String, at place: SourcePlace) -> String {
    let split = reference.firstRange(of: ":-")
    let name = String(reference[..<(split?.lowerBound ?? reference.endIndex)])
    let spelled = "${\(reference)}"
    guard name.isVariableName else {
      diagnostics.append(Diagnostic(.notAVariable(name), at: narrow(place, to: spelled)))
      return ""
    }
    let value = environment[name]
    // As in a shell, ':-' also stands in for a variable that is empty.
    if let split, value?.isEmpty ?? true { return String(reference[split.upperBound...]) }
    if let value { return value }
    diagnostics.append(
      Diagnostic(
        .undefinedVariable(name), at: narrow(place, to: spelled),
        suggestion: diagnostics.hasReachedLimit ? nil : environment.keys.sorted().nearest(to: name).map { "${\($0)}" }))
    // Left as it is spelled, so that the mistake is reported once and not again by the option that gets it.
    return spelled
  }

  /// The part of the place's line that spells the reference, where it stands there as it is.
  private func narrow(_ place: SourcePlace, to spelled: String) -> SourcePlace {
    let line = Array(place.text.unicodeScalars)
    let wanted = Array(spelled.unicodeScalars)
    guard wanted.count <= line.count else { return place }
    let starts = (place.column - 1)..<max(place.column, line.count - wanted.count + 1)
    for start in starts where line.dropFirst(start).starts(with: wanted) {
      return SourcePlace(
        file: place.file, line: place.line, column: start + 1, width: wanted.count, text: place.text)
    }
    return place
  }
}

extension String {
  fileprivate var isVariableName: Bool {
    guard let first = utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
    return utf8.allSatisfy { byte in
      byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
  }
}

extension Diagnostic.Message {
  static var openVariable: Self { Self("'${' has no '}'; write '$${' for the characters themselves") }
  static var tooMuchText: Self { Self("the variables' values make the file longer than 8 MB") }
  static func notAVariable(_ name: String) -> Self {
    Self("'\(name)' is no name of a variable; write '$${' for the characters themselves")
  }
  static func undefinedVariable(_ name: String) -> Self {
    Self("variable '\(name)' is not set; '${\(name):-…}' gives it a default")
  }
}
