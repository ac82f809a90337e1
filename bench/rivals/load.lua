-- For wrk (bench/throughput): where to send, and what to print. There is no request function here:
-- wrk then builds its request once, and no Lua runs while it measures.

-- The URL has the VIP, for which the certificate is; the connection goes to TARGET.
function wrk.resolve(host, service)
  wrk.addrs = wrk.lookup(os.getenv("TARGET"), service)
end

-- One line: requests, microseconds, p50 and p99 in microseconds, then what went wrong.
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("measured %d %d %d %d %d %d %d %d %d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect, e.read, e.write, e.timeout, e.status))
end
