package teach

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// fire is how long a class is under fire; an hour is -fire 1h.
var fire = flag.Duration("fire", fireUsual(), "how long a class is under fire")

func fireUsual() time.Duration {
	switch {
	case os.Getenv("EPGSIM_STUDY") != "":
		return 5 * time.Minute
	case long:
		return 3 * time.Second
	}
	return time.Second
}

// battle is a class of honest students, a teacher and a hostile device, and a
// server that is started anew in between.
type battle struct {
	*testing.T
	address  string
	class    opened
	took     *latencies
	refused  [len(attacks)]atomic.Int64 // requests of the hostile device that were
	answered [len(attacks)]atomic.Int64
	restarts atomic.Int64
	present  [2][honest]atomic.Bool // students whose prediction was taken, by restarts
	full     [2]atomic.Bool         // whether the teacher's wall has shown the whole class, by restarts
}

const honest = 30

// asks is an honest client's request, and how long it took. Without a server, or
// when it has too much to do, it is made again, as the pages do.
func (b *battle) asks(ctx context.Context, c *http.Client, kind, method, path, body string) (int, []byte) {
	for ctx.Err() == nil {
		began := time.Now()
		status, text, err := request(ctx, c, method, "http://"+b.address+path, body)
		if err == nil && status != http.StatusTooManyRequests && status != http.StatusServiceUnavailable {
			b.took.add(kind, time.Since(began))
			return status, text
		}
		pause(ctx, 100*time.Millisecond)
	}
	return 0, nil
}

func request(ctx context.Context, c *http.Client, method, url, body string) (int, []byte, error) {
	r, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	answer, err := c.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return answer.StatusCode, text, err
}

// walls follows a wall until ctx ends, again and again when it is lost; lost is
// told the status.
func (b *battle) walls(ctx context.Context, c *http.Client, query string, hear func(Wall), lost func(status int)) {
	for ctx.Err() == nil {
		r, err := http.NewRequestWithContext(ctx, "GET", "http://"+b.address+"/api/class/"+b.class.Code+"/wall?"+query, nil)
		if err != nil {
			b.Error(err)
			return
		}
		answer, err := c.Do(r)
		if err != nil {
			lost(0)
			pause(ctx, 100*time.Millisecond)
			continue
		}
		if answer.StatusCode != http.StatusOK {
			lost(answer.StatusCode)
		}
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			var w Wall
			if data, ok := bytes.CutPrefix(lines.Bytes(), []byte("data: ")); ok && json.Unmarshal(data, &w) == nil {
				hear(w)
			}
		}
		answer.Body.Close()
		pause(ctx, 100*time.Millisecond)
	}
}

// student predicts, again and again, until the result is on the wall.
func (b *battle) student(ctx context.Context, k int) {
	c := student(k)
	defer c.CloseIdleConnections()
	ctx, revealed := context.WithCancel(ctx)
	defer revealed()
	var done atomic.Bool
	var wall sync.WaitGroup
	wall.Go(func() {
		b.walls(ctx, c, fmt.Sprint("who=honest", k), func(w Wall) {
			if w.Revealed {
				done.Store(true)
				revealed()
			}
		}, func(int) {})
	})
	for n := 0; ctx.Err() == nil; n++ {
		body := fmt.Sprintf(`{"values":[%d,50,%d],"who":"honest%d"}`, k, n%100, k)
		server := b.restarts.Load()
		status, text := b.asks(ctx, c, "prediction", "POST", "/api/class/"+b.class.Code+"/prediction", body)
		if ctx.Err() == nil && status != http.StatusOK && status != http.StatusNotFound && status != http.StatusConflict {
			b.Errorf("student %d: %d %s", k, status, text)
		}
		if status == http.StatusOK {
			b.present[server][k].Store(true)
		}
		b.asks(ctx, c, "look", "GET", fmt.Sprintf("/api/class/%s?who=honest%d", b.class.Code, k), "")
		if (n+k)%honest == 0 {
			b.asks(ctx, c, "dance", "POST", "/api/dance", fmt.Sprintf(`{"what":{"scenario":"base"},"seed":%d,"replication":%d}`, k, n))
		}
		pause(ctx, 300*time.Millisecond)
	}
	wall.Wait()
	if !done.Load() {
		b.Errorf("student %d never sees the result", k)
	}
}

// attack is what the hostile device does again and again.
type attack struct {
	name               string
	method, path, body string
	pause              time.Duration // between two; 0: as fast as it can
}

// attacks are all of them at once. AT is the address of the class, N counts.
var attacks = [...]attack{
	{name: "idle connections", pause: 2 * time.Millisecond},
	{name: "walls", method: "GET", path: "AT/wall"},
	{name: "guessed codes", method: "GET", path: "/api/class/KIVI-N"},
	{name: "many students", method: "POST", path: "AT/prediction", body: `{"values":[100,100,100],"who":"foeN"}`},
	{name: "unknown keys", method: "POST", path: "/api/scenario", body: manyKeys},
	{name: "guessed keys", method: "POST", path: "AT/reveal", body: `{"key":"N"}`},
	{name: "many classes", method: "POST", path: "/api/class", body: `{"what":{"scenario":"base"},"points":3,"max":100}`},
	{name: "long work", method: "POST", path: "/api/ensemble", body: `{"what":{"scenario":"base"},"seed":N,"replications":40}`, pause: 2 * time.Second},
}

// hostile does one of the attacks, again and again.
func (b *battle) hostile(ctx context.Context, kind int) {
	c, attack := student(199), &attacks[kind]
	defer c.CloseIdleConnections()
	for n := 0; ctx.Err() == nil; n++ {
		if attack.path == "" {
			b.connects(ctx)
		} else {
			fill := strings.NewReplacer("AT", "/api/class/"+b.class.Code, "N", fmt.Sprint(100+n%900))
			status, _, err := request(ctx, c, attack.method, "http://"+b.address+fill.Replace(attack.path), fill.Replace(attack.body))
			if err == nil && status == http.StatusOK {
				b.answered[kind].Add(1)
			} else {
				b.refused[kind].Add(1)
			}
		}
		if attack.pause > 0 {
			pause(ctx, attack.pause)
		}
	}
}

// connects opens a connection of the hostile device, on which nothing is asked for.
func (b *battle) connects(ctx context.Context) {
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 1, 200)}, Timeout: time.Second}
	conn, err := d.DialContext(ctx, "tcp", b.address)
	if err != nil {
		b.refused[0].Add(1)
		return
	}
	b.answered[0].Add(1)
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	go func() { // until the server has enough of it
		_, _ = io.Copy(io.Discard, conn)
		stop()
		conn.Close()
	}()
}

var manyKeys = func() string {
	var keys []string
	for k := range 2500 {
		keys = append(keys, fmt.Sprintf(`"group.sise%d":"1"`, k))
	}
	return `{"scenario":"base","set":{` + strings.Join(keys, ",") + `}}`
}()

// teacher keeps the wall, opens the class again when it went with the server,
// and in the end takes the hostile device out and shows the result.
func (b *battle) teacher(ctx context.Context, cease func()) {
	c := student(198)
	defer c.CloseIdleConnections()
	b.teachersWall(ctx, c)
	cease()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	at, key := "/api/class/"+b.class.Code, b.class.Key
	_, text := b.asks(ctx, c, "teacher", "POST", at+"/predictions", `{"key":"`+key+`"}`)
	var all struct{ Predictions []toldPrediction }
	if err := json.Unmarshal(text, &all); err != nil {
		b.Errorf("%v: %s", err, text)
	}
	foes := map[int]bool{}
	for _, p := range all.Predictions {
		if slices.Equal(p.Values, []float64{100, 100, 100}) {
			foes[p.Device] = true
		}
	}
	if n := len(all.Predictions); n > honest+mostPredictionsOf || runtime.GOOS == "linux" && len(foes) > 1 {
		b.Errorf("%d predictions, from %d hostile devices", n, len(foes))
	}
	for d := range foes {
		b.asks(ctx, c, "teacher", "POST", at+"/drop", fmt.Sprintf(`{"key":%q,"device":%d}`, key, d))
	}
	_, text = b.asks(ctx, c, "teacher", "GET", at+"?key="+key, "")
	var w Wall
	if err := json.Unmarshal(text, &w); err != nil || runtime.GOOS == "linux" && (w.Count != honest || w.Devices != honest) {
		b.Errorf("%v: after the hostile device was taken out: %d predictions from %d devices", err, w.Count, w.Devices)
	}
	b.asks(ctx, c, "teacher", "POST", at+"/reveal", `{"key":"`+key+`","result":{"curve":[1,2,3]}}`)
}

// here is how many students a server, by restarts, has taken a prediction of. The
// wall's count has those of the hostile device, too.
func (b *battle) here(server int64) (n int) {
	for k := range b.present[server] {
		if b.present[server][k].Load() {
			n++
		}
	}
	return n
}

// teachersWall follows the wall as long as the fire lasts.
func (b *battle) teachersWall(ctx context.Context, c *http.Client) {
	last, after := time.Now(), int64(0)
	b.walls(ctx, c, "key="+b.class.Key, func(w Wall) {
		now := b.restarts.Load()
		if now == after {
			b.took.add("wall", time.Since(last)) // since the one before, while students change theirs all the time
		}
		last, after = time.Now(), now // a restart between two is no delay of the wall's
		if b.here(now) == honest && w.Count >= honest && len(w.Quantiles) == 3 {
			b.full[now].Store(true)
		}
	}, func(status int) {
		if status == http.StatusTooManyRequests {
			b.Error("there is no room for the teacher's wall")
		}
		if status != http.StatusNotFound {
			return
		}
		again, _ := json.Marshal(map[string]any{"what": map[string]string{"scenario": "base"}, "points": 3, "max": 100, "code": b.class.Code, "key": b.class.Key})
		_, text := b.asks(ctx, c, "teacher", "POST", "/api/class", string(again))
		var got opened
		if err := json.Unmarshal(text, &got); err == nil && got.Code != b.class.Code {
			b.Errorf("the class %s comes back as %s", b.class.Code, got.Code)
		}
	})
}

// lasts lets the fire go on for so long, and looks from time to time what server
// and clients hold meanwhile: no more in the end than when it has begun.
func (b *battle) lasts(d time.Duration) {
	var held []upkeep
	for range 5 {
		pause(b.Context(), d/5)
		held = append(held, upkeepNow())
		b.Logf("under fire: %v", held[len(held)-1])
	}
	first, last := held[0], held[len(held)-1]
	if last.heap > first.heap+64<<20 || last.files > first.files+2*mostConnections || last.goroutines > first.goroutines+1000 {
		b.Errorf("what is held grows from %v to %v", first, last)
	}
}

// A class of thirty, one hostile device and a server that is started anew: all
// honest ones are served throughout, the teacher's wall shows the class before and
// after, and everybody sees the result.
func TestClassUnderFire(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux gives every client an address of its own")
	}
	before := upkeepNow()
	h, end := listening(t, "127.0.0.1:0")
	b := &battle{T: t, address: strings.TrimPrefix(h.URL, "http://"), class: openClass(t, h), took: &latencies{by: map[string][]time.Duration{}}}
	lasting, all := context.WithTimeout(t.Context(), *fire+3*patience)
	defer all()
	firing, ceaseFire := context.WithCancel(lasting)
	watched, enough := context.WithCancel(lasting)
	var people sync.WaitGroup
	for k := range honest {
		people.Go(func() { b.student(lasting, k) })
	}
	for kind := range attacks {
		people.Go(func() { b.hostile(firing, kind) })
	}
	people.Go(func() { b.teacher(watched, ceaseFire) })
	b.lasts(*fire / 2)
	waitFor(t, "the teacher's wall shows the class", b.full[0].Load)
	end()
	b.restarts.Add(1)
	_, end = listening(t, b.address)
	b.lasts(*fire / 2)
	waitFor(t, "the teacher's wall shows the class again", b.full[1].Load)
	enough()
	people.Wait()
	end()
	for kind, a := range attacks {
		t.Logf("%-17s %7d answered, %7d refused", a.name, b.answered[kind].Load(), b.refused[kind].Load())
	}
	b.took.tell(t, 3, "prediction", "look", "wall", "teacher")
	b.took.tell(t, 1, "dance")
	b.took = nil
	var after upkeep
	waitFor(t, "nothing is held any more", func() bool {
		after = upkeepNow()
		return !after.leftOver(before)
	})
	t.Logf("before: %v; after: %v", before, after)
}

// listening is a server at an address, which may be ended and begun again there.
func listening(t *testing.T, at string) (h *httptest.Server, end func()) {
	t.Helper()
	s, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	var l net.Listener
	waitFor(t, "the address is free", func() bool {
		l, err = net.Listen("tcp", at)
		return err == nil
	})
	h = httptest.NewUnstartedServer(s.Handler())
	h.Listener.Close()
	h.Listener = l
	h.Config.ConnState = s.Connection
	h.Start()
	return h, func() { s.Close(); h.CloseClientConnections(); h.Close() }
}
