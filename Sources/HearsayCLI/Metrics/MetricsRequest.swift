/// What a client asks of the metrics page, and what it is answered.
enum MetricsRequest {
  /// A longer request is refused.
  static let maximumBytes = 8 << 10

  /// The answer to the bytes that a client has sent so far; `nil` where more must come.
  ///
  /// - Parameter metrics: The page.
  static func response(to bytes: [UInt8], metrics: () -> String) -> [UInt8]? {
    guard let lines = headLines(of: bytes) else {
      return bytes.count < maximumBytes ? nil : response("431 Request Header Fields Too Large")
    }
    let request = lines[0].split(separator: " ", omittingEmptySubsequences: false)
    guard request.count == 3, !request[0].isEmpty, request[1].hasPrefix("/"), request[2].hasPrefix("HTTP/1.") else {
      return response("400 Bad Request")
    }
    var hosts: [String] = []
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else { return response("400 Bad Request") }
      if line[..<colon].lowercased() == "host" {
        hosts.append(line[colon...].dropFirst().lowercased().filter { $0 != " " && $0 != "\t" })
      }
    }
    // A page of the web whose name leads to this machine (DNS rebinding) asks for that name.
    guard hosts.count == 1, isLoopback(hosts[0]) else { return response("403 Forbidden") }
    guard request[1].prefix(while: { $0 != "?" }) == "/metrics" else { return response("404 Not Found") }
    switch request[0] {
    case "GET": return response("200 OK", page: metrics())
    case "HEAD": return response("200 OK", page: metrics(), hasBody: false)
    default: return response("405 Method Not Allowed", "Allow: GET, HEAD\r\n")
    }
  }

  /// The request line and the headers; `nil` before the empty line after them.
  private static func headLines(of bytes: [UInt8]) -> [String]? {
    var lines: [String] = []
    for line in bytes.prefix(maximumBytes).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .dropLast()
    {
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      // An empty line before the request is allowed.
      if line.isEmpty, !lines.isEmpty { return lines }
      if !line.isEmpty { lines.append(String(decoding: line, as: UTF8.self)) }
    }
    return nil
  }

  private static func isLoopback(_ host: String) -> Bool {
    ["127.0.0.1", "localhost", "[::1]"].contains { name in
      guard host.hasPrefix(name) else { return false }
      let port = host.dropFirst(name.count)
      return port.isEmpty || port.first == ":" && UInt16(port.dropFirst()) != nil
    }
  }

  private static func response(
    _ status: String, _ headers: String = "", page: String? = nil, hasBody: Bool = true
  ) -> [UInt8] {
    let type = page == nil ? "text/plain; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8"
    let body = page ?? status + "\n"
    let head = """
      HTTP/1.1 \(status)\r
      Content-Type: \(type)\r
      Content-Length: \(body.utf8.count)\r
      Connection: close\r
      \(headers)\r

      """
    return Array((hasBody ? head + body : head).utf8)
  }
}
