import Foundation
import Testing

@testable import HearsayCLI

@Suite("The metrics page answers programs on this machine")
struct MetricsRequestTests {
  private func status(_ request: String) -> String? {
    MetricsRequest.response(to: Array(request.utf8)) { "a_metric 1\n" }.map { response in
      String(decoding: response.dropFirst("HTTP/1.1 ".utf8.count).prefix(3), as: UTF8.self)
    }
  }

  @Test(arguments: [
    "127.0.0.1", "127.0.0.1:9090", "localhost", "localhost:1", "LocalHost:9090", "[::1]", "[::1]:9090",
  ])
  func thisMachineIsAnswered(_ host: String) {
    #expect(status("GET /metrics HTTP/1.1\r\nHost: \(host)\r\n\r\n") == "200")
    #expect(status("GET /metrics?x=1 HTTP/1.1\nhost:\(host)\n\n") == "200")
    #expect(status("HEAD /metrics HTTP/1.1\r\nAccept: */*\r\nHost:   \(host)  \r\n\r\n") == "200")
  }

  @Test(arguments: [
    "news.example", "news.example:9090", "127.0.0.1.news.example", "localhost.news.example:9090", "localhost:", "",
    "localhost:x", "localhost:99999", "127.0.0.2", "::1", "localhost@news.example", "localhost, news.example",
  ])
  func anotherNameIsForbidden(_ host: String) {
    #expect(status("GET /metrics HTTP/1.1\r\nHost: \(host)\r\n\r\n") == "403")
  }

  @Test(arguments: [
    ("GET /metrics HTTP/1.1\r\n\r\n", "403"),
    ("GET /metrics HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", "403"),
    ("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "404"),
    ("GET /metrics/x HTTP/1.1\r\nHost: localhost\r\n\r\n", "404"),
    ("POST /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n", "405"),
    ("get /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n", "405"),
    ("GET /metrics HTTP/2.0\r\nHost: localhost\r\n\r\n", "400"),
    ("GET http://localhost/metrics HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"),
    ("GET /metrics\r\n\r\n", "400"), ("nonsense\n\n", "400"), (" / HTTP/1.1\n\n", "400"),
    ("GET /metrics HTTP/1.1\r\nnonsense\r\n\r\n", "400"),
    ("\u{16}\u{3}\u{1}\u{0}\n\n", "400"),
    (String(repeating: "x", count: 9000), "431"),
    ("GET /metrics HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 2000), "431"),
  ])
  func otherRequestsAreRefused(_ request: String, _ expected: String) {
    #expect(status(request) == expected)
  }

  @Test(arguments: ["", "GET /metrics", "GET /metrics HTTP/1.1\r\nHost: localhost\r\n", "\r\n\r\n"])
  func moreMustCome(_ request: String) {
    #expect(status(request) == nil)
  }

  @Test func aHeadHasNoBody() {
    let response = MetricsRequest.response(to: Array("HEAD /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)) {
      "é\n"
    }
    let text = String(decoding: response ?? [], as: UTF8.self)
    #expect(text.hasSuffix("\r\n\r\n") && text.contains("Content-Length: 3\r\n"))
  }
}

@Suite("No client of the metrics page makes others wait, or the run")
struct MetricsServerTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.file("p.yaml", "stages: [split-sentences, export]\n")
    try folder.file("client.py", Self.client)
  }

  /// A run that reads a pipe, and clients of its page.
  private static let client = """
    import os, resource, signal, socket, subprocess, sys, time

    class Run:
        def __init__(self, files=None):
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
            limit = files and (lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (files, files)))
            self.process = subprocess.Popen(
                ["hearsay", "run", "p.yaml", "--format", "jsonl", "--quiet", "--metrics-port", str(self.port)],
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, preexec_fn=limit)
            for attempt in range(200):
                try:
                    self.connect().close()
                    break
                except OSError:
                    time.sleep(0.05)

        def connect(self):
            return socket.create_connection(("127.0.0.1", self.port), timeout=10)

        def scrape(self, request=b"GET /metrics HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n"):
            with self.connect() as client:
                client.sendall(request)
                answer = b""
                while piece := client.recv(4096):
                    answer += piece
            return answer.decode().split("\\r\\n")[0]

        def end(self):
            self.process.stdin.close()
            return self.process.wait(timeout=20)

    def seconds(work):
        start = time.monotonic()
        result = work()
        return result, time.monotonic() - start

    """

  private func python(_ script: String) throws -> Binary.Result {
    try folder.file("script.py", "from client import *\n" + script)
    return try Binary.shell("python3 script.py", folder: folder.url)
  }

  @Test func silentClientsKeepNobodyOut() throws {
    let result = try python(
      """
      run = Run()
      silent = [run.connect() for _ in range(20)]
      answer, time_taken = seconds(run.scrape)
      print(answer, time_taken < 2)
      answer, time_taken = seconds(run.scrape)
      print(answer, time_taken < 2)
      status, time_taken = seconds(run.end)
      print(status, time_taken < 2)
      """)
    #expect(result.output == "HTTP/1.1 200 OK True\nHTTP/1.1 200 OK True\n0 True\n", "\(result.errors)")
  }

  @Test func aSlowClientIsDropped() throws {
    let result = try python(
      """
      run = Run()
      silent, slow = run.connect(), run.connect()
      start = time.monotonic()
      sent = 0
      try:
          while time.monotonic() < start + 9:
              slow.sendall(b"G")
              sent += 1
              time.sleep(0.5)
      except OSError:
          pass
      print(6 < sent < 16, silent.recv(1) == b"", run.scrape(), run.end())
      """)
    #expect(result.output == "True True HTTP/1.1 200 OK 0\n", "\(result.errors)")
  }

  @Test func theRunOutlivesGarbageAndClientsThatLeave() throws {
    let result = try python(
      """
      run = Run()
      for request in [b"\\0" * 100 + b"\\n\\n", b"\\xff\\xfe\\n\\n", b"x" * 100_000, b"GET /x HTTP/1.1\\r\\nHost: news.example\\r\\n\\r\\n"]:
          try:
              print(run.scrape(request))
          except OSError as error:
              print(type(error).__name__)
      for _ in range(50):
          client = run.connect()
          client.sendall(b"GET /metrics HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n")
          client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\\1\\0\\0\\0\\0\\0\\0\\0")
          client.close()
      print(run.scrape(), run.end())
      """)
    let expected = """
      HTTP/1.1 400 Bad Request
      HTTP/1.1 400 Bad Request
      HTTP/1.1 431 Request Header Fields Too Large
      HTTP/1.1 403 Forbidden
      HTTP/1.1 200 OK 0

      """
    #expect(result.output == expected, "\(result.errors)")
  }

  #if os(Linux)
    @Test func itAnswersAgainAfterTheDescriptorsRanOut() throws {
      let result = try python(
        """
        # With so few descriptors, fewer connections fit than the server would hold.
        run = Run(files=20)
        held = [run.connect() for _ in range(60)]
        time.sleep(1)
        for client in held:
            client.close()
        answer, time_taken = seconds(run.scrape)
        print(answer, time_taken < 3)
        print(run.end())
        # And with none at all, as where the run itself has taken them.
        run = Run()
        _, most = resource.prlimit(run.process.pid, resource.RLIMIT_NOFILE)
        resource.prlimit(run.process.pid, resource.RLIMIT_NOFILE, (4, most))
        waiting = [run.connect() for _ in range(3)]
        time.sleep(1)
        resource.prlimit(run.process.pid, resource.RLIMIT_NOFILE, (256, most))
        answer, time_taken = seconds(run.scrape)
        with open(f"/proc/{run.process.pid}/stat") as stat:
            ticks = sum(map(int, stat.read().split()[13:15]))
        print(answer, time_taken < 3, ticks < 80)
        print(run.end())
        """)
      #expect(result.output == "HTTP/1.1 200 OK True\n0\nHTTP/1.1 200 OK True True\n0\n", "\(result.errors)")
    }
  #endif

  @Test func aPortThatIsTakenIsAUsageError() throws {
    let result = try python(
      """
      run = Run()
      other = subprocess.run(["hearsay", "run", "p.yaml", "--metrics-port", str(run.port)], stdin=subprocess.DEVNULL)
      print(other.returncode, run.end())
      """)
    #expect(result.output == "2 0\n" && result.errors.contains("address already in use"), "\(result.errors)")
  }

  @Test func aSignalEndsARunWhosePageIsServed() throws {
    let result = try python(
      """
      run = Run()
      client = run.connect()
      run.process.send_signal(signal.SIGTERM)
      status, time_taken = seconds(lambda: run.process.wait(timeout=20))
      print(status, time_taken < 3)
      """)
    #expect(result.output == "143 True\n", "\(result.errors)")
  }
}
