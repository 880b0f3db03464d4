package teach

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"
)

type opened struct{ Code, Key, URL string }

func openClass(t *testing.T, h *httptest.Server) opened {
	t.Helper()
	return get[opened](t, h, "POST", "/api/class", `{"what":{"scenario":"base"},"question":{"chapter":"short"},"points":3,"max":100}`)
}

// watchWall reads the events of a wall, at CODE/wall and who asks, until the test ends.
func watchWall(t *testing.T, h *httptest.Server, at string) <-chan Wall {
	t.Helper()
	answer, err := h.Client().Get(h.URL + "/api/class/" + at)
	if err != nil || answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("%v, %v", err, answer)
	}
	events := make(chan Wall, 100)
	t.Cleanup(func() { answer.Body.Close() })
	go func() {
		defer close(events)
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var w Wall
				if err := json.Unmarshal([]byte(data), &w); err != nil {
					t.Errorf("%v: %s", err, data)
				}
				events <- w
			}
		}
	}()
	return events
}

// until waits for an event with some property.
func until(t *testing.T, events <-chan Wall, what string, ok func(Wall) bool) Wall {
	t.Helper()
	for timeout := time.After(patience); ; {
		select {
		case w, more := <-events:
			if !more {
				t.Fatalf("the wall ended before %s", what)
			}
			if ok(w) {
				return w
			}
		case <-timeout:
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

// A class from its opening to the result on the wall.
func TestClass(t *testing.T) {
	_, h := begin(t)
	c := openClass(t, h)
	if !regexp.MustCompile(`^[A-Z]+-[1-9][0-9]{2}$`).MatchString(c.Code) || len(c.Key) < 20 || c.URL != h.URL+"/c/"+c.Code {
		t.Fatalf("%+v", c)
	}
	at := "/api/class/" + c.Code
	wall := watchWall(t, h, c.Code+"/wall?key="+c.Key)
	if w := until(t, wall, "the wall is empty", func(Wall) bool { return true }); w.Count != 0 || !w.Open || len(w.Quantiles) != 0 {
		t.Errorf("at first: %+v", w)
	}
	for k := range 11 {
		body := fmt.Sprintf(`{"values":[%d,50,100],"who":"w%d"}`, 10*k, k)
		if got := get[map[string]int](t, h, "POST", at+"/prediction", body); got["count"] != k+1 {
			t.Errorf("prediction %d: count %d", k, got["count"])
		}
	}
	// Another prediction by the same replaces the first.
	get[any](t, h, "POST", at+"/prediction", `{"values":[0,50,99],"who":"w0"}`)
	w := until(t, wall, "eleven have predicted", func(w Wall) bool { return w.Count == 11 })
	if q := w.Quantiles; len(q) != 3 || q[0].P10 != 10 || q[0].P50 != 50 || q[0].P90 != 90 || q[1].P25 != 50 || q[2].P90 != 100 {
		t.Errorf("%+v", w)
	}
	for body, want := range map[string]string{
		`{"values":[1,2],"who":"x"}`:                                        `must be 3 numbers`,
		`{"values":[1,2,101],"who":"x"}`:                                    `must be within 0..100`,
		`{"values":[1,2,-1],"who":"x"}`:                                     `must be within 0..100`,
		`{"values":[1,null,3],"who":"x"}`:                                   `must be 3 numbers`,
		`{"values":[1,2,3]}`:                                                `"key":"who"`,
		`{"values":[1,2,3],"who":"` + strings.Repeat("x", mostWho+1) + `"}`: `"key":"who"`,
	} {
		if status, text, _ := ask(t, h, "POST", at+"/prediction", body); status != 422 || !strings.Contains(text, want) {
			t.Errorf("%s: %d %s", body, status, text)
		}
	}
	for _, do := range []string{"reveal", "close"} {
		if status, text, _ := ask(t, h, "POST", at+"/"+do, `{"key":"guess"}`); status != 403 {
			t.Errorf("%s by a student: %d %s", do, status, text)
		}
	}
	reveal, _ := json.Marshal(map[string]any{"key": c.Key, "result": map[string]any{"curve": []int{1, 2, 3}}})
	get[any](t, h, "POST", at+"/reveal", string(reveal))
	w = until(t, wall, "the result is on the wall", func(w Wall) bool { return w.Revealed })
	if string(w.Result) != `{"curve":[1,2,3]}` || w.Open || w.Count != 11 {
		t.Errorf("revealed: %+v", w)
	}
	if status, text, _ := ask(t, h, "POST", at+"/prediction", `{"values":[1,2,3],"who":"late"}`); status != 409 {
		t.Errorf("a late prediction: %d %s", status, text)
	}
	got := get[map[string]any](t, h, "GET", strings.ToLower(at), "")
	if got["count"] != 11.0 || got["points"] != 3.0 || got["max"] != 100.0 || got["revealed"] != true || fmt.Sprint(got["question"]) != "map[chapter:short]" {
		t.Errorf("%v", got)
	}
	for _, secret := range []string{c.Key, "w1", "127.0.0.1"} {
		if text := fmt.Sprint(got); strings.Contains(text, secret) {
			t.Errorf("the class tells %q: %s", secret, text)
		}
	}
}

// Students are sent where they can come.
func TestClassAddress(t *testing.T) {
	for _, c := range []struct {
		lan        bool
		host, want string
	}{
		{false, "127.0.0.1:8080", "http://127.0.0.1:8080/"},
		{true, "127.0.0.1:8080", "http://192.168.1.7:8080/"},
		{true, "localhost:8080", "http://192.168.1.7:8080/"},
		{true, "10.0.0.3:8080", "http://10.0.0.3:8080/"},
		{true, "teacher.local:8080", "http://teacher.local:8080/"},
	} {
		s := &Server{config: Config{LAN: c.lan, URLs: []string{"http://192.168.1.7:8080/"}}}
		if got := s.address(&http.Request{Host: c.host}); got != c.want {
			t.Errorf("%v %s: %s, want %s", c.lan, c.host, got, c.want)
		}
	}
}

// A class has room for so many, from one machine for fewer, and one client
// opens only some.
func TestClassesAreBounded(t *testing.T) {
	s, h := begin(t)
	code := openClass(t, h).Code
	now := time.Now()
	s.classes.now = func() time.Time { now = now.Add(nameEvery); return now }
	add := func(client string, k int) error {
		s.classes.mu.Lock()
		defer s.classes.mu.Unlock()
		_, err := s.classes.predict(code, client, guess(fmt.Sprint(client, k), 1, 2, 3))
		return err
	}
	for client := range mostPredictions / mostPredictionsOf {
		for k := range mostPredictionsOf {
			if err := add(fmt.Sprint("client ", client), k); err != nil {
				t.Fatalf("prediction %d of client %d: %v", k, client, err)
			}
		}
		if err := add(fmt.Sprint("client ", client), mostPredictionsOf); err == nil {
			t.Fatal("one client predicts for ever")
		}
	}
	if err := add("another", 0); err == nil {
		t.Error("a class has no end")
	}
}

// guess is a prediction as it is sent.
func guess(who string, values ...float64) predictionRequest {
	q := predictionRequest{Who: who}
	for k := range values {
		q.Values = append(q.Values, &values[k])
	}
	return q
}

// Closed classes make room, open ones only for the teacher's own, and strangers
// who open all they can do not keep the teacher from opening one.
func TestThereIsRoomForTheTeacher(t *testing.T) {
	now := time.Now()
	cs := newClasses(func() time.Time { now = now.Add(time.Second); return now })
	begin := func(owner string, here bool) (*class, error) {
		return cs.begin(owner, here, classRequest{Points: 1, Max: 1})
	}
	must := func(owner string, here bool) *class {
		t.Helper()
		c, err := begin(owner, here)
		if err != nil {
			t.Fatalf("%s: %v", owner, err)
		}
		return c
	}
	there := func(c *class) bool { return cs.byCode[c.code] == c }
	first, second := must("stranger 0", false), must("stranger 0", false)
	for range mostClassesEach - 2 {
		must("stranger 0", false)
	}
	if _, err := begin("stranger 0", false); err == nil {
		t.Error("one stranger opens classes for ever")
	}
	second.open = false
	must("stranger 0", false)
	if there(second) || !there(first) {
		t.Error("the closed class was to make room")
	}
	for k := mostClassesEach; k < mostClasses; k++ {
		must(fmt.Sprint("stranger ", k/mostClassesEach), false)
	}
	if _, err := begin("another", false); err == nil {
		t.Error("strangers open classes for ever")
	}
	oldest := must("teacher", true)
	for range 3 * mostClassesEach {
		must("teacher", true)
	}
	if there(oldest) || !there(first) || len(cs.byCode) != mostClasses+mostClassesEach {
		t.Errorf("%d classes; the teacher's oldest was to make room, and no stranger's", len(cs.byCode))
	}
}

// Over the API: a sixth class after one was closed, whose wall then ends.
func TestSixthClass(t *testing.T) {
	_, h := begin(t)
	first := openClass(t, h)
	wall := watchWall(t, h, first.Code+"/wall")
	for range mostClassesEach - 1 {
		openClass(t, h)
	}
	get[any](t, h, "POST", "/api/class/"+first.Code+"/close", `{"key":"`+first.Key+`"}`)
	until(t, wall, "the class is closed", func(w Wall) bool { return !w.Open })
	openClass(t, h)
	if status, text, _ := ask(t, h, "GET", "/api/class/"+first.Code, ""); status != 404 {
		t.Errorf("the closed class: %d %s", status, text)
	}
	for range wall { // until it ends
	}
}

// The teacher's machine is known by all its addresses.
func TestHere(t *testing.T) {
	at := &net.TCPAddr{IP: net.IPv4(192, 168, 1, 7), Port: 8080}
	for from, want := range map[string]bool{"127.0.0.1:5": true, "[::1]:5": true, "192.168.1.7:5": true, "192.168.1.8:5": false, "": false} {
		r := (&http.Request{RemoteAddr: from}).WithContext(context.WithValue(t.Context(), http.LocalAddrContextKey, at))
		if here(r) != want {
			t.Errorf("%s is here: %v", from, !want)
		}
	}
}

// A class that nobody uses is forgotten, and its wall ends.
func TestClassesAreForgotten(t *testing.T) {
	now := time.Now()
	cs := newClasses(func() time.Time { return now })
	c, err := cs.begin("teacher", true, classRequest{Points: 1, Max: 1})
	if err != nil {
		t.Fatal(err)
	}
	now = now.Add(classIdle)
	if _, err := cs.enter(c.code, "student", ""); err != nil {
		t.Error(err)
	}
	changed := c.changed
	now = now.Add(classIdle + time.Second)
	if _, err := cs.enter(c.code, "student", ""); err == nil {
		t.Error("an old class is still there")
	}
	select {
	case <-changed:
	default:
		t.Error("the wall is not told")
	}
}
