package teach

import (
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// begun is a class mode with a class in it, whose clock the test moves.
func begun(t *testing.T) (cs *classes, c *class, now *time.Time) {
	t.Helper()
	at := time.Now()
	cs = newClasses(func() time.Time { return at })
	c, err := cs.begin("teacher", true, classRequest{Points: 3, Max: 100})
	if err != nil {
		t.Fatal(err)
	}
	return cs, c, &at
}

// One device cannot take the places of a wall: it gets a few, and for the
// teacher there is room when others have taken all.
func TestTheTeachersWallHasRoom(t *testing.T) {
	cs, c, _ := begun(t)
	var left []func()
	watch := func(r reader) error {
		_, leave, err := cs.watch(c.code, r)
		if err == nil {
			left = append(left, leave)
		}
		return err
	}
	for k := range mostWatchers + 10 {
		if err := watch(reader{client: "hostile"}); (err == nil) != (k < mostWatchersEach) {
			t.Fatalf("wall %d of one client: %v", k, err)
		}
	}
	for k := mostWatchersEach; k < mostWatchers+10; k++ {
		if err := watch(reader{client: fmt.Sprint("client ", k)}); (err == nil) != (k < mostWatchers) {
			t.Fatalf("wall %d of the class: %v", k, err)
		}
	}
	for k := range mostWatchersTaught {
		if err := watch(reader{client: "hostile", key: c.key}); err != nil {
			t.Fatalf("the teacher's wall %d: %v", k, err)
		}
	}
	if err := watch(reader{client: "another", key: c.key}); err == nil {
		t.Error("there is room for ever with the key")
	}
	for _, leave := range left {
		leave()
	}
	if c.watchers != 0 || c.taught != 0 || len(cs.watching) != 0 {
		t.Errorf("all have left, and %d and %d watch, %v", c.watchers, c.taught, cs.watching)
	}
}

// A device that tries codes is refused after a few, whether it hits or not; who
// was in the class before stays in it, and so does who has the key.
func TestCodesCannotBeFoundByTrying(t *testing.T) {
	cs, c, now := begun(t)
	enter := func(client, code, key string) error {
		_, err := cs.enter(code, client, key)
		return err
	}
	if err := enter("school", c.code, ""); err != nil {
		t.Fatal(err)
	}
	wrongCode := func(k int) string { return fmt.Sprint("NONE-", k) }
	try := func(client string) (misses int) {
		for k := range 200 {
			err := enter(client, wrongCode(k), "")
			if err.(*refusal).status == http.StatusTooManyRequests {
				return misses
			}
			misses++
		}
		return misses
	}
	for _, client := range []string{"hostile", "school"} {
		if n := try(client); n != missesAtOnce {
			t.Errorf("%s tries %d codes, want %d", client, n, missesAtOnce)
		}
	}
	if err := enter("hostile", c.code, ""); err == nil || err.(*refusal).status != http.StatusTooManyRequests {
		t.Errorf("the right code after too many wrong ones: %v", err)
	}
	if err := enter("school", c.code, ""); err != nil {
		t.Errorf("a student of the class, whose neighbour tries codes: %v", err)
	}
	if err := enter("hostile", c.code, c.key); err != nil {
		t.Errorf("the teacher: %v", err)
	}
	// A page that asks again and again for a class that is lost tries nothing.
	for range 100 {
		if err := enter("patient", c.code+"0", ""); err.(*refusal).status != http.StatusNotFound {
			t.Fatal(err)
		}
	}
	*now = now.Add(missEvery)
	if n := try("hostile"); n != 1 {
		t.Errorf("%v later %d tries more, want 1", missEvery, n)
	}
	if codes := len(codeWords) * 900; codes != 36000 || len(slices.Compact(slices.Sorted(slices.Values(codeWords)))) != len(codeWords) {
		t.Errorf("%d codes", codes)
	}
	for range 200 {
		if code := cs.free(); !codeForm.MatchString(code) {
			t.Fatalf("code %s", code)
		}
	}
}

// One device cannot be a hundred students at once; the teacher sees how many
// devices there are, and takes out one prediction or all of a device.
func TestOneDeviceIsNoClass(t *testing.T) {
	cs, c, now := begun(t)
	send := func(client, who string) error {
		_, err := cs.predict(c.code, client, guess(who, 1, 2, 3))
		return err
	}
	for k := range 3 {
		if err := send(fmt.Sprint("student ", k), fmt.Sprint("s", k)); err != nil {
			t.Fatal(err)
		}
	}
	sent := 0
	for k := range 100 {
		if send("hostile", fmt.Sprint("h", k)) == nil {
			sent++
		}
	}
	if sent != namesAtOnce {
		t.Errorf("one device is %d students at once, want %d", sent, namesAtOnce)
	}
	*now = now.Add(nameEvery)
	if send("hostile", "one more") != nil || send("hostile", "and one") == nil {
		t.Errorf("after %v one more was to be let in", nameEvery)
	}
	if err := send("hostile", "h0"); err != nil {
		t.Errorf("who changes a prediction is no new one: %v", err)
	}
	if n, devices := c.count(); n != 3+sent+1 || devices != 4 {
		t.Errorf("%d predictions from %d devices", n, devices)
	}
	answer, _ := c.list(nil)
	all := answer.(map[string]any)["predictions"].([]toldPrediction)
	if len(all) != 3+sent+1 || all[3].Device != all[4].Device || all[0].Device == all[3].Device || !slices.Equal(all[0].Values, []float64{1, 2, 3}) {
		t.Fatalf("listed: %v", all)
	}
	if _, err := c.takeOut(&teacherRequest{Prediction: all[0].ID}); err != nil {
		t.Error(err)
	}
	if _, err := c.takeOut(&teacherRequest{Device: all[3].Device}); err != nil {
		t.Error(err)
	}
	if n, devices := c.count(); n != 2 || devices != 2 {
		t.Errorf("after the drop: %d predictions from %d devices", n, devices)
	}
	for client, who := range map[string]string{"student 0": "s0", "hostile": "new"} {
		if err := send(client, who); err == nil || err.(*refusal).status != http.StatusForbidden {
			t.Errorf("%s comes back: %v", client, err)
		}
	}
	if _, err := c.takeOut(&teacherRequest{Prediction: all[0].ID}); err == nil {
		t.Error("what is out is taken out again")
	}
	if _, err := c.takeOut(&teacherRequest{}); err == nil {
		t.Error("nothing is taken out")
	}
}

// Who has not predicted sees nothing to copy, unless the teacher allows it.
func TestNobodyCopies(t *testing.T) {
	_, h := begin(t)
	c := openClass(t, h)
	at := "/api/class/" + c.Code
	get[any](t, h, "POST", at+"/prediction", `{"values":[10,50,100],"who":"first"}`)
	stranger, first := watchWall(t, h, c.Code+"/wall"), watchWall(t, h, c.Code+"/wall?who=first")
	sees := func(query string) bool {
		return len(get[Wall](t, h, "GET", at+query, "").Quantiles) == 3
	}
	for query, want := range map[string]bool{"": false, "?who=another": false, "?key=guess": false, "?who=first": true, "?key=" + c.Key: true} {
		if sees(query) != want {
			t.Errorf("%q sees the others' predictions: %v", query, !want)
		}
	}
	comes := func(Wall) bool { return true }
	if w := until(t, stranger, "the wall comes", comes); w.Count != 1 || w.Devices != 1 || len(w.Quantiles) != 0 {
		t.Errorf("a stranger's wall: %+v", w)
	}
	if w := until(t, first, "the wall comes", comes); len(w.Quantiles) != 3 {
		t.Errorf("the wall of who has predicted: %+v", w)
	}
	get[any](t, h, "POST", at+"/early", `{"key":"`+c.Key+`","early":true}`)
	until(t, stranger, "the teacher allows it", func(w Wall) bool { return w.Early && len(w.Quantiles) == 3 })
	get[any](t, h, "POST", at+"/early", `{"key":"`+c.Key+`"}`)
	until(t, stranger, "the teacher does not", func(w Wall) bool { return len(w.Quantiles) == 0 })
	get[any](t, h, "POST", at+"/close", `{"key":"`+c.Key+`"}`)
	until(t, stranger, "nothing can be copied any more", func(w Wall) bool { return !w.Open && len(w.Quantiles) == 3 })
}

// However many walls look, the quantiles are worked out once.
func TestWallsShareTheirQuantiles(t *testing.T) {
	cs, c, _ := begun(t)
	send := func(v float64) {
		if _, err := cs.predict(c.code, "student", guess("s", v, v, v)); err != nil {
			t.Fatal(err)
		}
	}
	send(1)
	teacher := reader{key: c.key}
	a, b := c.wall(teacher), c.wall(reader{who: "s"})
	if &a.Quantiles[0] != &b.Quantiles[0] {
		t.Error("two walls work out the same quantiles twice")
	}
	if send(2); c.wall(teacher).Quantiles[0].P50 != 2 || a.Quantiles[0].P50 != 1 {
		t.Error("a wall shows old quantiles")
	}
}

// A class that is lost with the server is opened again under its code by who has
// the key; nobody else has its key.
func TestClassComesBack(t *testing.T) {
	_, before := begin(t)
	c := openClass(t, before)
	_, after := begin(t)
	again := fmt.Sprintf(`{"what":{"scenario":"base"},"points":3,"max":100,"code":%q,"key":%q}`, c.Code, c.Key)
	if got := get[opened](t, after, "POST", "/api/class", again); got.Code != c.Code || got.Key != c.Key {
		t.Fatalf("opened again as %+v, was %+v", got, c)
	}
	get[any](t, after, "POST", "/api/class/"+c.Code+"/prediction", `{"values":[1,2,3],"who":"s"}`)
	if got := get[opened](t, after, "POST", "/api/class", again); got.Key != c.Key || get[Wall](t, after, "GET", "/api/class/"+c.Code, "").Count != 1 {
		t.Errorf("opened twice: %+v", got)
	}
	for body, want := range map[string]string{
		`"code":"KIVI-12","key":"` + c.Key + `"`:    `"key":"code"`,
		`"code":"` + c.Code + `"`:                   `"key":"key"`,
		`"code":"` + c.Code + `","key":"my secret"`: `"key":"key"`,
		`"key":"` + c.Key + `"`:                     `"key":"key"`,
	} {
		if status, text, _ := ask(t, after, "POST", "/api/class", `{"what":{"scenario":"base"},"points":3,"max":100,`+body+`}`); status != 422 || !strings.Contains(text, want) {
			t.Errorf("%s: %d %s", body, status, text)
		}
	}
	cs, old, _ := begun(t)
	foe := classRequest{Points: 1, Max: 1, Code: old.code, Key: strings.Repeat("A", 26)}
	if got, err := cs.begin("stranger", false, foe); err != nil || got.code == old.code || got.key == foe.Key || cs.byCode[old.code] != old {
		t.Errorf("a stranger takes the code of a class: %+v, %v", got, err)
	}
}

// Many wrong keys are refused at little cost and in few words.
func TestManyUnknownKeys(t *testing.T) {
	_, h := begin(t)
	set := func(n int) string {
		var keys []string
		for k := range n {
			keys = append(keys, fmt.Sprintf(`"group.sise%d":"1"`, k))
		}
		return `{"scenario":"base","set":{` + strings.Join(keys, ",") + `}}`
	}
	lines := strings.Builder{}
	for k := range 2000 {
		fmt.Fprintf(&lines, `sise%d = 1\n`, k)
	}
	for name, body := range map[string]string{"2500 settings": set(2500), "150 settings": set(150), "a file": `{"toml":"name = \"x\"\n[group]\n` + lines.String() + `"}`} {
		began := time.Now()
		status, text, _ := ask(t, h, "POST", "/api/scenario", body)
		if n := strings.Count(text, `"text"`); status != 422 || n < 1 || n > mostTold+1 || len(text) > 4<<10 {
			t.Errorf("%s: %d, %d problems in %d bytes", name, status, n, len(text))
		}
		t.Logf("%s: %d bytes in %v", name, len(text), time.Since(began).Round(time.Millisecond))
	}
	if status, text, _ := ask(t, h, "POST", "/api/scenario", set(3)); status != 422 || strings.Count(text, `"hint":"did you mean group.size?"`) != 3 {
		t.Errorf("three: %d %s", status, text)
	}
}

// A device is one client by all addresses of its IPv6 network, and an IPv4
// address is the same however it is written.
func TestClients(t *testing.T) {
	for remote, want := range map[string]string{
		"192.168.1.7:5": "192.168.1.7", "[::ffff:192.168.1.7]:6": "192.168.1.7",
		"[2001:db8:1:2:3:4:5:6]:7": "2001:db8:1:2::/64", "[2001:db8:1:2:ffff::1]:8": "2001:db8:1:2::/64", "[2001:db8:1:3::1]:9": "2001:db8:1:3::/64",
		"[fe80::1%eth0]:5": "fe80::/64%eth0", "pipe": "pipe", "": "",
	} {
		if got := clientAt(remote); got != want {
			t.Errorf("%s is %s, want %s", remote, got, want)
		}
	}
}

// A client that opens connections and asks for nothing, or for half of something,
// keeps some of them only, and another is served.
func TestConnectionsOfAClient(t *testing.T) {
	s, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	h := httptest.NewUnstartedServer(s.Handler())
	h.Config.ConnState = s.Connection
	h.Start()
	defer h.Close()
	var all []net.Conn
	for k := range mostConnections + 40 {
		c, err := net.Dial("tcp", h.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if k%2 == 0 {
			_, _ = c.Write([]byte("POST /api/scenario HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{")) // one that is closed does not take it
		}
		all = append(all, c)
	}
	closed := func() (n int) {
		for _, c := range all {
			_ = c.SetReadDeadline(time.Now().Add(time.Millisecond))
			if _, err := c.Read(make([]byte, 1)); err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
				n++
			}
		}
		return n
	}
	waitFor(t, "40 connections are closed", func() bool { return closed() >= 40 })
	if n := closed(); n != 40 {
		t.Errorf("%d of %d connections were closed, want 40", n, len(all))
	}
	if runtime.GOOS == "linux" {
		other := student(1)
		defer other.CloseIdleConnections()
		if err := whole(other.Get(h.URL + "/api/start")); err != nil {
			t.Errorf("another client: %v", err)
		}
	}
	for _, c := range all {
		c.Close()
	}
	waitFor(t, "none is counted", func() bool {
		s.connections.mu.Lock()
		defer s.connections.mu.Unlock()
		return s.connections.number["127.0.0.1"] == 0
	})
	s.connections.mu.Lock()
	defer s.connections.mu.Unlock()
	if n := len(slices.Collect(maps.Keys(s.connections.number))); n > 1 {
		t.Errorf("%v is counted", s.connections.number)
	}
}
