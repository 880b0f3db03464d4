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
	refused  atomic.Int64 // requests of the hostile device that were
	accepted atomic.Int64
	restarts atomic.Int64
	full     [2]atomic.Bool // whether the teacher's wall has shown the whole class, by restarts
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
		status, text := b.asks(ctx, c, "prediction", "POST", "/api/class/"+b.class.Code+"/prediction", body)
		if ctx.Err() == nil && status != http.StatusOK && status != http.StatusNotFound && status != http.StatusConflict {
			b.Errorf("student %d: %d %s", k, status, text)
		}
		b.asks(ctx, c, "look", "GET", fmt.Sprintf("/api/class/%s?who=honest%d", b.class.Code, k), "")
		pause(ctx, 300*time.Millisecond)
	}
	wall.Wait()
	if !done.Load() {
		b.Errorf("student %d never sees the result", k)
	}
}

// hostile does whatever it can think of, as fast as it can.
func (b *battle) hostile(ctx context.Context, kind int) {
	c := student(199)
	defer c.CloseIdleConnections()
	for n := 0; ctx.Err() == nil; n++ {
		at := "/api/class/" + b.class.Code
		if kind == 0 { // connections on which nothing is asked for
			d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 1, 200)}, Timeout: time.Second}
			if runtime.GOOS != "linux" {
				d = net.Dialer{}
			}
			if conn, err := d.DialContext(ctx, "tcp", b.address); err == nil {
				stop := context.AfterFunc(ctx, func() { conn.Close() })
				go func() { // until the server has enough of it
					_, _ = io.Copy(io.Discard, conn)
					stop()
					conn.Close()
				}()
			}
			pause(ctx, 2*time.Millisecond)
			continue
		}
		attack := []struct{ method, path, body string }{1: {"GET", at + "/wall", ""},
			2: {"GET", fmt.Sprintf("/api/class/KIVI-%d", 100+n%900), ""},
			3: {"POST", at + "/prediction", fmt.Sprintf(`{"values":[100,100,100],"who":"foe%d"}`, n)},
			4: {"POST", "/api/scenario", manyKeys},
			5: {"POST", at + "/reveal", fmt.Sprintf(`{"key":"%d"}`, n)},
			6: {"POST", "/api/class", `{"what":{"scenario":"base"},"points":3,"max":100}`},
		}[kind]
		status, _, err := request(ctx, c, attack.method, "http://"+b.address+attack.path, attack.body)
		if err == nil && status == http.StatusOK {
			b.accepted.Add(1)
		} else {
			b.refused.Add(1)
		}
	}
}

const attacks = 7

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

// teachersWall follows the wall as long as the fire lasts.
func (b *battle) teachersWall(ctx context.Context, c *http.Client) {
	last, after := time.Now(), int64(0)
	b.walls(ctx, c, "key="+b.class.Key, func(w Wall) {
		now := b.restarts.Load()
		if now == after {
			b.took.add("wall", time.Since(last)) // since the one before, while students change theirs all the time
		}
		last, after = time.Now(), now // a restart between two is no delay of the wall's
		if w.Count >= honest && len(w.Quantiles) == 3 {
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

// A class of thirty, one hostile device and a server that is started anew: all
// honest ones are served throughout, the teacher's wall shows the class before and
// after, and everybody sees the result.
func TestClassUnderFire(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux gives every client an address of its own")
	}
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
	pause(t.Context(), *fire/2)
	waitFor(t, "the teacher's wall shows the class", b.full[0].Load)
	end()
	b.restarts.Add(1)
	_, end = listening(t, b.address)
	pause(t.Context(), *fire/2)
	waitFor(t, "the teacher's wall shows the class again", b.full[1].Load)
	enough()
	people.Wait()
	end()
	t.Logf("%v: %d requests of the hostile device refused, %d answered", *fire, b.refused.Load(), b.accepted.Load())
	for _, kind := range []string{"prediction", "look", "wall", "teacher"} {
		d := b.took.by[kind]
		slices.Sort(d)
		if len(d) < 3 {
			t.Fatalf("%s: %d", kind, len(d))
		}
		t.Logf("%-10s n %5d  median %5d ms  p95 %5d ms  max %5d ms", kind, len(d), d[len(d)/2].Milliseconds(), d[len(d)*95/100].Milliseconds(), d[len(d)-1].Milliseconds())
	}
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
