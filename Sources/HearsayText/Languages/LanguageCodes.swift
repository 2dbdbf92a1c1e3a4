/// The codes of languages (ISO 639-1) by the other names that metadata have for them.
enum LanguageCodes {
  static let byName: [String: String] = {
    var codes: [String: String] = [:]
    for line in String(decoding: PackageResources.language_codes_txt, as: UTF8.self).split(separator: "\n") {
      let names = line.split(separator: " ")
      guard let code = names.first, code != "#" else { continue }
      for name in names.dropFirst() { codes[String(name)] = String(code) }
    }
    return codes
  }()
}
