package teach

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// room is what a test knows of a class.
type room struct {
	opened
	owner          string
	points         int
	max            float64
	open, revealed bool
	from           map[string]string // client of each prediction, by who
	out            map[string]bool   // who was taken out, and clients
	used           time.Time
}

// school is a server's class mode beside what it should be: clients do whatever
// they like, and each answer is the one that the rules give.
type school struct {
	server *Server
	now    time.Time
	rooms  []*room // all that were ever opened, but for codes that came again
}

const teacher = "127.0.0.1"

var clientsOfSchool = []string{teacher, "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5"}

// glance takes an answer of which the client reads the beginning.
type glance struct {
	*httptest.ResponseRecorder
	leave func()
}

func (g glance) Flush() { g.leave() }

// ask sends a request of a client, who leaves when a stream has begun.
func (s *school) ask(t *rapid.T, client, method, path string, body any) *httptest.ResponseRecorder {
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	ctx, leave := context.WithCancel(context.Background())
	defer leave()
	r, err := http.NewRequestWithContext(ctx, method, "http://localhost"+path, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	r.RemoteAddr = client + ":1"
	w := httptest.NewRecorder()
	s.server.Handler().ServeHTTP(glance{w, leave}, r)
	return w
}

// tick lets time pass, so that of two classes one was used last.
func (s *school) tick() { s.now = s.now.Add(time.Millisecond) }

// class is one that was opened at some time.
func (s *school) class(t *rapid.T) *room {
	return s.rooms[len(s.rooms)-1-rapid.IntRange(0, len(s.rooms)-1).Draw(t, "class before")]
}

// shut says whether a client has tried so many wrong codes that it is refused all
// but those where it has been.
func (s *school) shut(r *room, client string) bool {
	cs := s.server.classes
	cs.forget()
	c, tried := cs.byCode[r.Code], cs.misses.spent[client]
	return (c == nil || !c.guests[client]) && cs.misses.wait(client, s.now) > 0 && tried.last != r.Code
}

// use says whether a class is still there, which is then in use.
func (s *school) use(r *room) bool {
	there := s.server.classes.byCode[r.Code]
	if there == nil || there.key != r.Key || s.now.Sub(r.used) > classIdle {
		return false
	}
	r.used = s.now
	return true
}

// expect fails unless the status is the first that applies.
func expect(t *rapid.T, w *httptest.ResponseRecorder, there bool, rules ...any) {
	want := http.StatusOK
	for k := len(rules) - 2; k >= 0; k -= 2 {
		if rules[k].(bool) {
			want = rules[k+1].(int)
		}
	}
	if !there {
		want = http.StatusNotFound
	}
	if w.Code != want {
		t.Fatalf("status %d, want %d: %s", w.Code, want, w.Body)
	}
}

// begin opens a class, or as many as several clients may.
func (s *school) begin(t *rapid.T) {
	first, many := rapid.IntRange(0, len(clientsOfSchool)-1).Draw(t, "client"), rapid.SampledFrom([]int{1, 1, 1, mostClassesEach + 1, mostClasses + mostClassesEach}).Draw(t, "many")
	like := room{points: rapid.IntRange(0, mostPoints+1).Draw(t, "points"), max: rapid.SampledFrom([]float64{1, 100, largestPrediction, 0, 2 * largestPrediction}).Draw(t, "max")}
	for k := range many {
		like.owner = clientsOfSchool[(first+k/(mostClassesEach+1))%len(clientsOfSchool)]
		s.openClass(t, like)
	}
}

func (s *school) openClass(t *rapid.T, like room) {
	s.tick()
	r, here := &like, like.owner == teacher
	r.open, r.from, r.out, r.used = true, map[string]string{}, map[string]bool{}, s.now
	of := func(all []*class) (own int) {
		for _, c := range all {
			if c.owner == r.owner {
				own++
			}
		}
		return own
	}
	var before []*class
	for _, c := range s.server.classes.byCode {
		if s.now.Sub(c.used) <= classIdle {
			before = append(before, c)
		}
	}
	w := s.ask(t, r.owner, "POST", "/api/class", map[string]any{"what": map[string]string{"scenario": "base"}, "question": r.points, "points": r.points, "max": r.max})
	wrong := r.points < 1 || r.points > mostPoints || r.max <= 0 || r.max > largestPrediction
	if w.Code == http.StatusTooManyRequests && !wrong {
		closed := slices.ContainsFunc(before, func(c *class) bool { return c.owner == r.owner && !c.open })
		if here || closed || of(before) < mostClassesEach && len(before) < mostClasses {
			t.Fatalf("no room for %s, who has %d of %d", r.owner, of(before), len(before))
		}
		return
	}
	expect(t, w, true, wrong, http.StatusUnprocessableEntity)
	if wrong {
		return
	}
	if err := json.Unmarshal(w.Body.Bytes(), &r.opened); err != nil {
		t.Fatal(err)
	}
	s.rooms = slices.DeleteFunc(s.rooms, func(old *room) bool { return old.Code == r.Code }) // codes come again
	s.rooms = append(s.rooms, r)
	now := s.server.classes.byCode
	for _, c := range before {
		if now[c.code] != c && (c.owner != r.owner || c.open && !here) {
			t.Fatalf("%s made room by a class of %s", r.owner, c.owner)
		}
	}
	if strangers := len(now) - mostClassesEach; strangers > mostClasses || of(slices.Collect(maps.Values(now))) > mostClassesEach {
		t.Fatalf("%d classes", len(now))
	}
}

func (s *school) predict(t *rapid.T) {
	r, client := s.class(t), rapid.SampledFrom(clientsOfSchool).Draw(t, "client")
	who, many := rapid.StringN(0, 3, mostWho+1).Draw(t, "who"), rapid.SampledFrom([]int{1, 1, 1, namesAtOnce + 1, mostPredictionsOf + 1}).Draw(t, "many")
	quick := rapid.Bool().Draw(t, "quick")
	values := rapid.SliceOfN(rapid.Float64Range(-0.1*r.max, 1.1*r.max), 0, mostPoints+1).Draw(t, "values")
	if rapid.Bool().Draw(t, "as many as asked for") {
		values = slices.Repeat([]float64{r.max}, r.points)
	}
	for k := range many {
		name := who
		if k > 0 {
			name = fmt.Sprint(client, k)
		}
		if !quick {
			s.now = s.now.Add(nameEvery)
		}
		_, again := r.from[name]
		same := 0
		for _, c := range r.from {
			if c == client {
				same++
			}
		}
		shut, slow := s.shut(r, client), s.server.classes.names.wait(client, s.now) > 0
		w := s.ask(t, client, "POST", "/api/class/"+r.Code+"/prediction", map[string]any{"values": values, "who": name})
		if shut {
			expect(t, w, true, true, http.StatusTooManyRequests)
			return
		}
		there := s.use(r)
		wrong := name == "" || len(name) > mostWho || len(values) != r.points || slices.ContainsFunc(values, func(v float64) bool { return v < 0 || v > r.max })
		full := !again && (len(r.from) >= mostPredictions || same >= mostPredictionsOf)
		out := !again && (r.out["who "+name] || r.out[client])
		expect(t, w, there, !r.open, http.StatusConflict, wrong, http.StatusUnprocessableEntity, out, http.StatusForbidden, full || slow && !again, http.StatusTooManyRequests)
		if w.Code != http.StatusOK {
			return
		}
		r.from[name] = client
		if want := fmt.Sprintf("{\"count\":%d}\n", len(r.from)); w.Body.String() != want {
			t.Fatalf("%s, want %s", w.Body, want)
		}
	}
}

func (s *school) end(t *rapid.T) {
	r, key := s.class(t), s.class(t).Key
	do, large := rapid.SampledFrom([]string{"reveal", "close"}).Draw(t, "do"), rapid.Bool().Draw(t, "large")
	result := strings.Repeat("x", 10)
	if large {
		result = strings.Repeat("x", mostOpaque)
	}
	gone := s.server.classes.byCode[r.Code] == nil
	shut := (gone || key != r.Key) && s.shut(r, "10.0.0.9")
	w := s.ask(t, "10.0.0.9", "POST", "/api/class/"+r.Code+"/"+do, map[string]any{"key": key, "result": result})
	if shut && !large {
		expect(t, w, true, true, http.StatusTooManyRequests)
		return
	}
	if large {
		expect(t, w, true, true, http.StatusUnprocessableEntity)
		return
	}
	expect(t, w, s.use(r), key != r.Key, http.StatusForbidden)
	if w.Code == http.StatusOK {
		r.open, r.revealed = false, r.revealed || do == "reveal"
	}
}

// look compares the class, and its wall, with what is known; neither tells the
// teacher's key, or who predicted.
func (s *school) look(t *rapid.T) {
	r, path := s.class(t), rapid.SampledFrom([]string{"", "/wall"}).Draw(t, "path")
	as := rapid.SampledFrom([]string{"nobody", "student", "teacher"}).Draw(t, "as")
	query := ""
	switch {
	case as == "teacher":
		query = "?key=" + r.Key
	case as == "student" && len(r.from) > 0:
		query = "?who=" + url.QueryEscape(rapid.SampledFrom(slices.Sorted(maps.Keys(r.from))).Draw(t, "who"))
	default:
		as = "nobody"
	}
	shut := s.shut(r, "10.0.0.9") && (as != "teacher" || s.server.classes.byCode[r.Code] == nil)
	w := s.ask(t, "10.0.0.9", "GET", "/api/class/"+r.Code+path+query, nil)
	if shut {
		expect(t, w, true, true, http.StatusTooManyRequests)
		return
	}
	there := s.use(r)
	expect(t, w, there)
	if !there {
		return
	}
	var is struct {
		Wall
		Points int
		Max    float64
	}
	text := strings.TrimPrefix(w.Body.String(), "data: ")
	if err := json.Unmarshal([]byte(text), &is); err != nil || is.Count != len(r.from) || is.Open != r.open || is.Revealed != r.revealed || (is.Result != nil && string(is.Result) != "null") != r.revealed {
		t.Fatalf("%v: %s\n%+v", err, text, r)
	}
	if path == "" && (is.Points != r.points || is.Max != r.max) {
		t.Fatalf("%s\n%+v", text, r)
	}
	if strings.Contains(text, r.Key) || strings.Contains(text, "10.0.0.") {
		t.Fatalf("it tells who: %s", text)
	}
	want := min(len(r.from), 1) * r.points
	if r.open && as == "nobody" {
		want = 0 // who has not predicted sees nothing to copy
	}
	if len(is.Quantiles) != want {
		t.Fatalf("%d quantiles of %d points for %s: %s", len(is.Quantiles), r.points, as, text)
	}
	for _, q := range is.Quantiles {
		if all := []number{0, q.P10, q.P25, q.P50, q.P75, q.P90, number(r.max)}; !slices.IsSorted(all) {
			t.Fatalf("quantiles %v", all)
		}
	}
}

// takeOut drops a prediction, or all of a device.
func (s *school) takeOut(t *rapid.T) {
	r := s.class(t)
	if len(r.from) == 0 {
		return
	}
	who := rapid.SampledFrom(slices.Sorted(maps.Keys(r.from))).Draw(t, "who")
	client := r.from[who]
	there := s.use(r)
	what := map[string]any{"key": r.Key}
	all := rapid.Bool().Draw(t, "all of the device")
	if there {
		p := s.server.classes.byCode[r.Code].predictions[who]
		if what["prediction"] = p.id; all {
			what = map[string]any{"key": r.Key, "device": p.device.id}
		}
	}
	shut := !there && s.shut(r, teacher)
	w := s.ask(t, teacher, "POST", "/api/class/"+r.Code+"/drop", what)
	if shut {
		expect(t, w, true, true, http.StatusTooManyRequests)
		return
	}
	expect(t, w, there)
	if !there {
		return
	}
	if all {
		r.out[client] = true
	}
	for name, from := range maps.Clone(r.from) {
		if name == who || all && from == client {
			delete(r.from, name)
			r.out["who "+name] = true
		}
	}
}

// classMode is what many clients may do, in any order, for days.
func classMode(server *Server) func(*rapid.T) {
	return func(t *rapid.T) {
		s := &school{server: server, now: time.Unix(0, 0)}
		server.classes = newClasses(func() time.Time { return s.now })
		s.openClass(t, room{owner: teacher, points: 3, max: 100})
		t.Repeat(map[string]func(*rapid.T){
			"":     func(*rapid.T) { s.tick() }, // after each
			"open": s.begin, "predict": s.predict, "end": s.end, "look": s.look, "take out": s.takeOut,
			"wait": func(t *rapid.T) {
				s.now = s.now.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "minutes")) * time.Minute)
			},
		})
	}
}

func TestClassMode(t *testing.T) {
	s, _ := begin(t)
	rapid.Check(t, classMode(s))
}

func FuzzClass(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(classMode(fuzzed(f))))
}
