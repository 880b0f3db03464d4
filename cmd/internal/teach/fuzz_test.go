package teach

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// statuses are those that any request may be answered with.
var statuses = []int{200, 301, 304, 307, 308, 400, 403, 404, 405, 409, 413, 422, 429}

// fuzzed is a server that is asked without a network.
func fuzzed(f *testing.F) *Server {
	s, err := New(Config{})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(s.Close)
	return s
}

func answered(t *testing.T, h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if !slices.Contains(statuses, w.Code) {
		t.Errorf("%s %s: status %d: %.200s", r.Method, r.URL, w.Code, w.Body)
	}
	if strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") && w.Header().Get("Content-Encoding") == "" && w.Body.Len() > 0 && !json.Valid(w.Body.Bytes()) {
		t.Errorf("%s %s: not JSON: %.200s", r.Method, r.URL, w.Body)
	}
	if w.Header().Get("Content-Security-Policy") != policy(nil) {
		t.Errorf("%s %s: no policy", r.Method, r.URL)
	}
	return w
}

// Whatever is asked for by whatever name, nothing but the page's files comes.
func FuzzPath(f *testing.F) {
	h := fuzzed(f).Handler()
	files, err := loadPage()
	if err != nil {
		f.Fatal(err)
	}
	for _, p := range []string{"/", "/c/KIVI-42", "/c/", "/static/index.html", "/static/../doc.go", "/static/%2e%2e/doc.go", "/static//etc/passwd", "/api/class/%00/wall",
		"/api/class/KIVI-1", "/static/page/../index.html", "//", "/\x00", "/api/start?x=1", "/static/i18n/en.json"} {
		f.Add("GET", p, "localhost")
	}
	f.Add("HEAD", "/", "evil.example")
	f.Add("DELETE", "/api/class/KIVI-1", "[::1]:80")
	f.Fuzz(func(t *testing.T, method, path, host string) {
		r, err := http.NewRequest(method, "http://localhost/", nil)
		if err != nil {
			t.Skip()
		}
		r.URL.Path, r.Host, r.RemoteAddr = path, host, "127.0.0.1:1"
		w := answered(t, h, r)
		if name, ok := strings.CutPrefix(path, "/static/"); ok && w.Code == 200 && w.Body.Len() > 0 && !bytes.Equal(w.Body.Bytes(), files[name].plain()) {
			t.Errorf("%s gives %.200s", path, w.Body)
		}
	})
}

// Whatever is sent to whatever address of the API: an answer, or an error in
// words. Ensembles are only planned, which is what bounds them.
func FuzzBody(f *testing.F) {
	s := fuzzed(f)
	h := s.Handler()
	for _, p := range []string{"/api/scenario", "/api/dance", "/api/ensemble", "/api/ministry", "/api/class", "/api/class/KIVI-427/prediction", "/api/class/KIVI-427/reveal", "/api/class/KIVI-427/drop", "/api/class/KIVI-427/predictions"} {
		for _, b := range []string{``, `{}`, `[]`, `null`, `{"scenario":"base"}`, `{"what":{"scenario":"base"}}`, `{"what":{"scenario":"base","set":{"group.size":"1e9"}},"seed":1}`,
			`{"what":{"toml":"name = \"x\"\nextends = \"base\"\n[group]\nsize = 3"},"forms":["own","market"],"replication":3}`,
			`{"what":{"scenario":"open-group"},"years":[0.25,1e308,10],"replications":1000}`, `{"what":{"scenario":"base"},"points":3,"max":1,"question":[[[[]]]]}`,
			`{"values":[1,2,3],"who":"\u0000"}`, `{"values":[1e-320,null,-0],"who":"\ud800"}`, `{"grants":[{"what":{"scenario":"base"},"form":"system","years":3,"groups":4},{"what":{"scenario":"base"},"form":"","years":1e308,"groups":-1}],"replications":100}`,
			`{"key":"KEY","result":{"\ud800":[1e999]}}`, `{"toml":"name = \"x\"\n[[sme]]\nname = \"\\u0000\"","file":"\ud800"}`} {
			f.Add(p, b)
		}
	}
	f.Fuzz(func(t *testing.T, path, body string) {
		if !strings.HasPrefix(path, "/api/") {
			path = "/api/scenario"
		}
		var q ensembleRequest
		if path == "/api/ensemble" && json.Unmarshal([]byte(body), &q) == nil {
			planned(t, &q)
			return
		}
		var m ministryRequest
		if path == "/api/ministry" && json.Unmarshal([]byte(body), &m) == nil {
			granted(t, &m)
			return
		}
		r, err := http.NewRequest("POST", "http://localhost/", strings.NewReader(body))
		if err != nil {
			t.Skip()
		}
		s.classes = newClasses(time.Now)
		c, err := s.classes.begin("teacher", true, classRequest{Code: "KIVI-427", Key: "KEY", Points: 3, Max: 100})
		if err != nil {
			t.Fatal(err)
		}
		r.URL.Path, r.RemoteAddr = path, "127.0.0.1:1"
		answered(t, h, r)
		for who, p := range c.predictions {
			if len(p.values) != c.points || slices.Min(p.values) < 0 || slices.Max(p.values) > c.max || who == "" || len(who) > mostWho {
				t.Errorf("%s predicts %v", body, p)
			}
		}
		if r.Method, r.URL.Path, r.Body = "GET", "/api/class/KIVI-427", http.NoBody; answered(t, h, r).Code != 200 || !json.Valid(encode(c.wall(reader{key: "KEY"}))) {
			t.Errorf("after %s the class cannot be told: %s", body, answered(t, h, r).Body)
		}
	})
}

// granted makes sure that what a ministry asks for is bounded work, or refused in words.
func granted(t *testing.T, q *ministryRequest) {
	kinds, err := q.plan()
	if err != nil {
		if status, _ := failure(err); status != 422 {
			t.Errorf("%+v: %v", q, err)
		}
		return
	}
	for i := range kinds {
		if w := work(kinds[i].comparison(q.Seed, 0, q.Replications)); w > mostWork {
			t.Errorf("%+v is too much work", q)
		}
	}
}

// planned makes sure that an ensemble is bounded work, or refused in words.
func planned(t *testing.T, q *ensembleRequest) {
	s, c, err := q.plan()
	if err != nil {
		if status, _ := failure(err); status != 422 {
			t.Errorf("%+v: %v", q, err)
		}
	} else if work(c) > mostWork || len(q.key(s, c)) < 64 {
		t.Errorf("%+v is too much work", q)
	}
}
