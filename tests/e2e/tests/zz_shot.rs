use gloss_e2e::Seat;
#[tokio::test]
async fn shot() {
    let seat = Seat::of_a_newcomer();
    let window = seat.open().await;
    for _ in 0..3 {
        let t = std::time::Instant::now();
        let p = window.picture().await;
        eprintln!("{} {:?}", p.len(), t.elapsed());
    }
}
