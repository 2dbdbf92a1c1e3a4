public import Hearsay

/// The program that `exec` runs: a line for the shell, or a program with its arguments, taken as they are.
public enum Command: OptionValue, Hashable {
  case shell(String)
  case program([String])

  public static var typeName: String { "a line for the shell, or a list of a program and its arguments" }
  public static var schema: JSONValue { ["anyOf": [String.schema, ["type": "array", "items": String.schema]]] }

  public static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> Command? {
    if case .list = node.content { return [String].decode(node, &diagnostics).map { .program($0) } }
    return String.decode(node, &diagnostics).map { .shell($0) }
  }

  public var configValue: JSONValue {
    switch self {
    case .shell(let line): .string(line)
    case .program(let words): words.configValue
    }
  }

  /// The program and its arguments.
  var arguments: [String] {
    switch self {
    case .shell(let line): ["/bin/sh", "-c", line]
    case .program(let words): words
    }
  }

  var isEmpty: Bool {
    switch self {
    case .shell(let line): line.allSatisfy(\.isWhitespace)
    case .program(let words): words.first?.isEmpty ?? true
    }
  }
}
