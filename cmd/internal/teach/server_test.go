package teach

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"epgsim/sim"
)

// patience is how long a test waits for what must come, on a machine that may
// be slow and busy with other tests.
const patience = 2 * time.Minute

// begin starts a server for a test, at whose end nothing of it may be left.
func begin(t *testing.T) (*Server, *httptest.Server) {
	t.Helper()
	before := goleak.IgnoreCurrent()
	s, err := New(Config{Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(s.Handler())
	t.Cleanup(func() {
		s.Close()
		h.CloseClientConnections()
		h.Close()
		for deadline := time.Now().Add(patience); ; {
			err := goleak.Find(before) // waits a little itself
			if err == nil {
				break
			}
			if time.Now().After(deadline) {
				t.Fatal(err)
			}
		}
		for name, l := range map[string]*lane{"quick": s.quick, "first": s.first, "rest": s.rest} {
			if want := map[string]int{"quick": quickAtATime, "first": firstAtATime, "rest": restAtATime}[name]; l.free != want || l.total != 0 || len(l.turns) != 0 || len(l.waiting) != 0 {
				t.Errorf("lane %s is left with %d free of %d, %d waiting", name, l.free, want, l.total)
			}
		}
	})
	return s, h
}

// ask sends a request and returns the status and the whole body.
func ask(t *testing.T, h *httptest.Server, method, path, body string, headers ...string) (int, string, http.Header) {
	t.Helper()
	r, err := http.NewRequest(method, h.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for k := 0; k+1 < len(headers); k += 2 {
		if headers[k] == "Host" {
			r.Host = headers[k+1]
		}
		r.Header.Set(headers[k], headers[k+1])
	}
	answer, err := h.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(b), answer.Header
}

// get asks for JSON that must come.
func get[T any](t *testing.T, h *httptest.Server, method, path, body string) T {
	t.Helper()
	status, text, _ := ask(t, h, method, path, body)
	var v T
	if err := json.Unmarshal([]byte(text), &v); status != http.StatusOK || err != nil {
		t.Fatalf("%s %s %s: %d, %v: %.300s", method, path, body, status, err, text)
	}
	return v
}

// Every mistake has its status and says what is wrong.
func TestErrors(t *testing.T) {
	_, h := begin(t)
	const base = `"what":{"scenario":"base"}`
	for _, c := range []struct {
		method, path, body string
		status             int
		want               string // in the body
	}{
		{"GET", "/nothing", "", 404, `{"error":"there is nothing at /nothing"}`},
		{"GET", "/api/", "", 404, `there is nothing at /api/`},
		{"GET", "/static/", "", 404, `there is nothing`},
		{"GET", "/static/index.htm", "", 404, `there is nothing`},
		{"GET", "/api/scenario", "", 405, `/api/scenario cannot be asked for with GET, only with POST`},
		{"PUT", "/api/start", "{}", 405, `only with GET`},
		{"POST", "/", "{}", 405, `only with GET`},

		{"POST", "/api/scenario", "", 400, `cannot be read`},
		{"POST", "/api/scenario", "{", 400, `cannot be read`},
		{"POST", "/api/scenario", "[]", 400, `what stands in the request must be an object, not JSON's array`},
		{"POST", "/api/scenario", `{"scenario":"base"} {}`, 400, `goes on after its JSON object`},
		{"POST", "/api/scenario", `{"scenarios":"base"}`, 400, `unknown field \"scenarios\"`},
		{"POST", "/api/scenario", `{"scenario":3}`, 400, `scenario in the request must be a text, not JSON's number`},
		{"POST", "/api/scenario", `{"scenario":"` + strings.Repeat("x", mostBody) + `"}`, 413, `larger than 64 KiB`},
		{"POST", "/api/scenario", `{}`, 422, `must be the name of a shipped scenario`},
		{"POST", "/api/scenario", `{"scenario":"bass"}`, 422, `"hint":"did you mean base?"`},
		{"POST", "/api/scenario", `{"scenario":"../base"}`, 422, `no shipped scenario of that name`},
		{"POST", "/api/scenario", `{"scenario":"/etc/passwd"}`, 422, `no shipped scenario of that name`},
		{"POST", "/api/scenario", `{"scenario":"base","toml":"name = \"x\""}`, 422, `cannot both be given`},
		{"POST", "/api/scenario", `{"toml":"name = "}`, 422, `"file":"scenario.toml","line":1`},
		{"POST", "/api/scenario", `{"toml":"name = \"x\"\n[group]\nsise = 4","file":"ours.toml"}`, 422, `"text":"ours.toml:3: group.sise: unknown key; did you mean group.size?"`},
		{"POST", "/api/scenario", `{"toml":"name = \"x\"\nextends = \"/etc/passwd\""}`, 422, `"problems"`},
		{"POST", "/api/scenario", `{"scenario":"base","set":{"group.size":"99"}}`, 422, `"key":"group.size","given":"99","allowed":"must be a whole number within 2..12 SMEs"`},
		{"POST", "/api/scenario", `{"scenario":"base","set":{"group.size":"99","group.fokus":"1"}}`, 422, `did you mean group.focus?`},
		{"POST", "/api/scenario", `{"scenario":"base","set":{"group.suppliers":"5"}}`, 422, `more suppliers than there are SMEs`},

		{"POST", "/api/dance", `{` + base + `,"seed":-1}`, 400, `seed in the request must be a whole number from 0 to 18446744073709551615, not JSON's number -1`},
		{"POST", "/api/dance", `{` + base + `,"replication":4294967296}`, 422, `"key":"replication"`},
		{"POST", "/api/dance", `{` + base + `,"forms":["markt"]}`, 422, `"given":"\"markt\"","allowed":"must be among market, customer, system"`},
		{"POST", "/api/dance", `{` + base + `,"forms":["own"]}`, 422, `must be among market, customer, system`},

		{"POST", "/api/ensemble", `{` + base + `}`, 422, `"key":"replications","given":"0","allowed":"must be within 2..1000"`},
		{"POST", "/api/ensemble", `{` + base + `,"replications":1001}`, 422, `must be within 2..1000`},
		{"POST", "/api/ensemble", `{` + base + `,"replications":2.5}`, 400, `replications in the request must be a whole number, not JSON's number 2.5`},
		{"POST", "/api/ensemble", `{` + base + `,"replications":20,"years":[30]}`, 422, `must be within 0.25..10 years`},
		{"POST", "/api/ensemble", `{` + base + `,"replications":20,"years":[1,2,3,4,5,6,7,8,9]}`, 422, `at most 8 project periods`},
		{"POST", "/api/ensemble", `{"what":{"scenario":"base","set":{"group.size":"12"}},"replications":1000,"years":[4,5,6,7,8,9,9.5,10]}`, 422, `at most 356 with so many SMEs`},

		{"POST", "/api/class", `{"points":3}`, 400, `must name a scenario`},
		{"POST", "/api/class", `{"what":{"scenario":"bass"},"points":3}`, 422, `did you mean base?`},
		{"POST", "/api/class", `{` + base + `,"max":100}`, 422, `"key":"points"`},
		{"POST", "/api/class", `{` + base + `,"points":3}`, 422, `"key":"max"`},
		{"POST", "/api/class", `{` + base + `,"points":3,"max":9,"question":"` + strings.Repeat("x", mostOpaque) + `"}`, 422, `"key":"question"`},
		{"GET", "/api/class/KIVI-1", "", 404, `there is no class KIVI-1`},
		{"GET", "/api/class/KIVI-1/wall", "", 404, `there is no class KIVI-1`},
		{"POST", "/api/class/KIVI-1/prediction", `{}`, 404, `there is no class`},
		{"POST", "/api/class/KIVI-1/reveal", `{}`, 404, `there is no class`},
	} {
		status, text, header := ask(t, h, c.method, c.path, c.body)
		if status != c.status || !strings.Contains(text, c.want) {
			t.Errorf("%s %s %.80s:\n%d %s\nwant %d %s", c.method, c.path, c.body, status, text, c.status, c.want)
		}
		if !json.Valid([]byte(text)) || header.Get("Content-Type") != "application/json" {
			t.Errorf("%s %s %.80s: not JSON: %s", c.method, c.path, c.body, text)
		}
	}
}

// Only pages of this server, opened by a name of this machine, are answered.
func TestForeignPagesAreRefused(t *testing.T) {
	s, h := begin(t)
	s.config.Hosts = []string{"Teacher", "teacher.local"}
	const q = `{"scenario":"base"}`
	for _, c := range []struct {
		headers []string
		status  int
	}{
		{nil, 200},
		{[]string{"Host", "localhost:8080"}, 200},
		{[]string{"Host", "192.168.1.7:8080"}, 200},
		{[]string{"Host", "[::1]:8080"}, 200},
		{[]string{"Host", "teacher:8080"}, 200},
		{[]string{"Host", "TEACHER.local."}, 200},
		{[]string{"Host", "evil.example"}, 403},
		{[]string{"Host", "localhost.evil.example:8080"}, 403},
		{[]string{"Host", "127.0.0.1.evil.example"}, 403},
		{[]string{"Origin", "http://evil.example"}, 403},
		{[]string{"Origin", "null"}, 403},
		{[]string{"Sec-Fetch-Site", "cross-site"}, 403},
		{[]string{"Sec-Fetch-Site", "same-site"}, 403},
		{[]string{"Sec-Fetch-Site", "same-origin"}, 200},
		{[]string{"Origin", h.URL}, 200},
	} {
		status, text, header := ask(t, h, "POST", "/api/scenario", q, c.headers...)
		if status != c.status {
			t.Errorf("%q: %d %.200s, want %d", c.headers, status, text, c.status)
		}
		if header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%q: other sites may read the answer", c.headers)
		}
	}
}

// The page hears of every kind of event, with its meaning.
func TestStartTellsOfEvents(t *testing.T) {
	_, h := begin(t)
	s := get[start](t, h, "GET", "/api/start", "")
	for k, e := range s.Events {
		if i := sim.EventKind(k).Info(); e.Name != i.Name || e.Doc != i.Doc || e.Often != i.Has(sim.SummedUp) || e.Weight != i.Weight {
			t.Errorf("event %d is told as %+v", k, e)
		}
	}
	if len(s.Events) != int(sim.NEvents) {
		t.Errorf("%d kinds of events are told of, there are %d", len(s.Events), sim.NEvents)
	}
}

// Whatever is answered says that nothing foreign may run or be loaded.
func TestHeaders(t *testing.T) {
	_, h := begin(t)
	for _, c := range [][2]string{{"GET", "/"}, {"GET", "/c/KIVI-42"}, {"GET", "/nothing"}, {"GET", "/api/start"}, {"POST", "/api/dance"}, {"DELETE", "/"}} {
		_, _, header := ask(t, h, c[0], c[1], "")
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin"} {
			if got := header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", c, name, got, want)
			}
		}
		csp := header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: the policy %q lacks %s", c, csp, want)
			}
		}
		if strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") {
			t.Errorf("%s: the policy %q lets anything in", c, csp)
		}
	}
}

// Pages of the origins that were named, and of no others, may show the lesson.
func TestFrames(t *testing.T) {
	s, err := New(Config{Frames: []string{"https://moodle.example.org", "http://localhost:8000"}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, httptest.NewRequest("GET", "http://localhost/", nil))
	if csp := w.Header().Get("Content-Security-Policy"); !strings.HasSuffix(csp, "; frame-ancestors https://moodle.example.org http://localhost:8000") || csp[:60] != policy(nil)[:60] {
		t.Errorf("the policy is %q", csp)
	}
}

// Every file of the page comes as it is, packed or not, and not again when the
// browser has it; nothing else comes.
func TestFiles(t *testing.T) {
	_, h := begin(t)
	files, err := loadPage()
	if err != nil {
		t.Fatal(err)
	}
	plainly := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	defer plainly.CloseIdleConnections()
	for name, f := range files {
		want, err := embedded.ReadFile("page/" + name)
		if err != nil {
			t.Fatal(err)
		}
		status, text, header := ask(t, h, "GET", "/static/"+name, "", "Accept-Encoding", "identity")
		if status != 200 || text != string(want) || header.Get("Content-Type") != types[path.Ext(name)] {
			t.Errorf("%s: %d, %d bytes of %d, %s", name, status, len(text), len(want), header.Get("Content-Type"))
		}
		_, packed, header := ask(t, h, "GET", "/static/"+name, "", "Accept-Encoding", "br, gzip;q=0.8")
		z, err := gzip.NewReader(strings.NewReader(packed))
		if err != nil || header.Get("Content-Encoding") != "gzip" {
			t.Fatalf("%s: %v, %s", name, err, header.Get("Content-Encoding"))
		}
		if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: packed it is something else: %v", name, err)
		}
		if status, text, _ := ask(t, h, "GET", "/static/"+name, "", "If-None-Match", f.tag); status != 304 || text != "" {
			t.Errorf("%s: %d, %d bytes, though the browser has it", name, status, len(text))
		}
		if strings.Contains(name, "test") {
			t.Errorf("%s: the program carries the page's tests", name)
		}
	}
	for _, p := range []string{"../doc.go", "..%2fdoc.go", "%2e%2e/doc.go", "/etc/passwd", "js", "js/", "page/index.html", "index.html%00", "verdicts.json", `..\doc.go`} {
		if status, text, _ := ask(t, h, "GET", "/static/"+p, ""); status == 200 {
			t.Errorf("/static/%s gives %.100s", p, text)
		}
	}
}

// The pages refer to nothing that is not there, and to no other host.
func TestPagesReferToTheirOwnFiles(t *testing.T) {
	files, err := loadPage()
	if err != nil {
		t.Fatal(err)
	}
	reference := regexp.MustCompile(`(?:src|href)="([^"#]+)"`)
	found := 0
	for name, f := range files {
		if path.Ext(name) != ".html" {
			continue
		}
		for _, m := range reference.FindAllStringSubmatch(string(f.plain()), -1) {
			found++
			if _, ok := files[strings.TrimPrefix(m[1], "/static/")]; !ok && m[1] != "/" && !strings.HasPrefix(m[1], "data:") {
				t.Errorf("%s refers to %s", name, m[1])
			}
		}
	}
	if found == 0 {
		t.Error("the pages refer to nothing, not even to a style")
	}
}

// A server that shuts down ends its streams and takes no more work.
func TestClose(t *testing.T) {
	s, h := begin(t)
	code := openClass(t, h).Code
	answer, err := h.Client().Get(h.URL + "/api/class/" + code + "/wall")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	work := make(chan string)
	go func() {
		r, err := h.Client().Post(h.URL+"/api/ensemble", "application/json", strings.NewReader(`{"what":{"scenario":"base"},"replications":1000,"years":[8]}`))
		if err != nil {
			work <- err.Error()
			return
		}
		defer r.Body.Close()
		b, _ := io.ReadAll(r.Body)
		work <- string(b)
	}()
	waitFor(t, "the ensemble is being worked out", func() bool {
		s.answers.mu.Lock()
		defer s.answers.mu.Unlock()
		return len(s.answers.byKey) == 1
	})
	s.Close()
	if _, err := io.ReadAll(answer.Body); err != nil {
		t.Errorf("the wall does not end properly: %v", err)
	}
	if text := <-work; !strings.HasSuffix(text, `{"error":"the server is shutting down"}`+"\n") {
		t.Errorf("the ensemble ends with %.200s", text)
	}
	if status, text, _ := ask(t, h, "GET", "/", ""); status != 503 {
		t.Errorf("afterwards: %d %.200s", status, text)
	}
}

// waitFor polls until ok, and fails when that takes too long.
func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

// What nobody reads any more is not worked out.
func TestCancelledRequestsStopTheirWork(t *testing.T) {
	s, h := begin(t)
	ctx, cancel := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, "POST", h.URL+"/api/ensemble", strings.NewReader(`{"what":{"scenario":"base"},"replications":1000,"years":[8]}`))
	if err != nil {
		t.Fatal(err)
	}
	reply, err := h.Client().Do(r) // the first line has come
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	var work *answer
	s.answers.mu.Lock()
	for _, work = range s.answers.byKey {
	}
	s.answers.mu.Unlock()
	cancel()
	for _, l := range []*lane{s.first, s.rest} {
		waitFor(t, "the work is given up", func() bool {
			l.mu.Lock()
			defer l.mu.Unlock()
			return l == s.first && l.free == firstAtATime || l == s.rest && l.free == restAtATime
		})
	}
	s.answers.mu.Lock()
	defer s.answers.mu.Unlock()
	if len(s.answers.byKey) != 0 || work == nil || !errors.Is(work.err, context.Canceled) {
		t.Errorf("%d answers are there; the one given up: %+v", len(s.answers.byKey), work)
	}
}
