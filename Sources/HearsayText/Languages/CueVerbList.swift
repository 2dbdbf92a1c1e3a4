import Hearsay

/// What `cue-verbs.txt` says of a language: the one list of its verbs of saying and thinking, for all stages.
///
/// A line is the forms of a verb, a tab, their role, and after another tab the forms that other stages use.
struct CueVerbList: Sendable {
  /// The stages besides `extract-quotes` that use some of the forms.
  enum User: String, CaseIterable, Sendable {
    case sentences, cleaning
  }

  /// The forms that a stage uses.
  private(set) var forms: [User: [String]] = [:]

  init() {}

  /// The list of a file that `check(_:)` has read, or will: lines without a third column are skipped unread.
  init(_ file: LanguageFile) {
    for line in file.lines() {
      let tab = UInt8(ascii: "\t")
      guard line.bytes.firstIndex(of: tab) != line.bytes.lastIndex(of: tab) else { continue }
      let columns = file.columns(line)
      try? add(users: columns[2], of: columns[0].split(separator: " "), line, file)
    }
  }

  /// Finds the first mistake of a list.
  static func check(_ file: LanguageFile) throws(LanguageError) {
    var list = Self()
    var seen: Set<Substring> = []
    for line in file.lines() {
      let columns = file.columns(line)
      guard columns.count == 2 || columns.count == 3 else {
        throw file.error(line, "expected forms, a tab and their role")
      }
      let role = columns[1]
      guard role == "-" || AttributionRole(named: role)?.isVerb == true else {
        throw file.error(line, "no role of a verb is named '\(role)'\(hint(String(role), roles))")
      }
      let forms = columns[0].split(separator: " ")
      for form in forms where !seen.insert(form).inserted { throw file.error(line, "'\(form)' is listed twice") }
      guard !forms.isEmpty else { throw file.error(line, "no form stands before the role") }
      if columns.count == 3 { try list.add(users: columns[2], of: forms, line, file) }
    }
  }

  static let roles = ["speech", "thought", "judgement"]

  private mutating func add(
    users: Substring, of forms: [Substring], _ line: LanguageFile.Line, _ file: LanguageFile
  ) throws(LanguageError) {
    for item in users.split(separator: " ") {
      let parts = item.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let user = User(rawValue: String(parts[0])) else {
        let name = parts.first.map(String.init) ?? ""
        throw file.error(line, "no stage is named '\(name)'\(hint(name, User.allCases.map(\.rawValue)))")
      }
      for form in parts[1].split(separator: ",") {
        guard forms.contains(form) else { throw file.error(line, "'\(form)' is none of the forms of its line") }
        self.forms[user, default: []].append(String(form))
      }
    }
  }
}
